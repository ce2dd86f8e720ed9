#define _GNU_SOURCE
#include "guard.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

// A slot is written before its start is, and read by handlers on any thread.
struct slot {
	atomic_int taken, cut;
	_Atomic uintptr_t start, end;
};

enum { slots = 64 };
static struct slot guarded[slots];

static pthread_once_t once = PTHREAD_ONCE_INIT;
static int failed;
static uintptr_t page;
static struct sigaction before;

// replace puts zeros in the place of everything from the fault on: where a file was
// cut short, all that follows is gone.
static int replace(uintptr_t at) {
	for (int i = 0; i < slots; i++) {
		struct slot *s = &guarded[i];
		uintptr_t start = atomic_load(&s->start), end = atomic_load(&s->end);
		if (at < start || at >= end || atomic_load(&s->start) != start)
			continue;
		at &= ~(page - 1);
		atomic_store(&s->cut, 1);
		return mmap((void *)at, end - at, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) != MAP_FAILED;
	}
	return 0;
}

static void onFault(int sig, siginfo_t *info, void *context) {
	int e = errno;
	int done = info->si_code > 0 && replace((uintptr_t)info->si_addr);
	errno = e;
	if (done)
		return;
	if (before.sa_flags & SA_SIGINFO) {
		before.sa_sigaction(sig, info, context);
	} else if (before.sa_handler != SIG_DFL && before.sa_handler != SIG_IGN) {
		before.sa_handler(sig);
	} else {
		// The instruction runs again, and this time ends the process.
		signal(sig, SIG_DFL);
	}
}

static void install(void) {
	page = (uintptr_t)sysconf(_SC_PAGESIZE);
	if (sigaction(SIGBUS, NULL, &before) != 0) {
		failed = 1;
		return;
	}
	struct sigaction now = {.sa_sigaction = onFault, .sa_mask = before.sa_mask};
	now.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
	failed = sigaction(SIGBUS, &now, NULL) != 0;
}

int iceGuardBegin(void *start, size_t n) {
	pthread_once(&once, install);
	for (int i = 0; !failed && i < slots; i++) {
		struct slot *s = &guarded[i];
		int free = 0;
		if (!atomic_compare_exchange_strong(&s->taken, &free, 1))
			continue;
		atomic_store(&s->cut, 0);
		atomic_store(&s->end, (uintptr_t)start + n);
		atomic_store(&s->start, (uintptr_t)start);
		return i;
	}
	return -1;
}

int iceGuardEnd(int slot) {
	struct slot *s = &guarded[slot];
	int cut = atomic_load(&s->cut);
	atomic_store(&s->end, 0);
	atomic_store(&s->start, 0);
	atomic_store(&s->taken, 0);
	return cut;
}
