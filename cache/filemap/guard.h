#include <stddef.h>

// iceGuardBegin guards a mapping of n bytes and returns its slot, or -1 if there
// are too many or the system refuses.
int iceGuardBegin(void *start, size_t n);

// iceGuardEnd ends that, before the mapping does, and returns whether pages of it
// were missing.
int iceGuardEnd(int slot);
