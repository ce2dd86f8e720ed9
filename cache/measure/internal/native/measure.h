// Kernels that sum up a column while they copy it. See package measure for what they
// gather; the layout of struct totals is that of the Go type.
#include <stddef.h>
#include <stdint.h>

enum { maxComps = 16 };

struct totals {
	double min[maxComps], max[maxComps], sum[maxComps];
	uint64_t finite[maxComps], bad[maxComps];
	double leastSquare, mostSquare; // of the lengths of values of several floats
	uint64_t finiteLengths, badLengths;
};

// n is the number of values; a value is comps components. dst may be NULL, to
// only measure. src and dst need no alignment and must not overlap. past writes
// past the processor's caches.
void iceMeasureFloat32(void *dst, const void *src, size_t n, int comps, int past, struct totals *t);
void iceMeasureInt32(void *dst, const void *src, size_t n, int comps, int past, struct totals *t);
void iceMeasureUint8(void *dst, const void *src, size_t n, int comps, int past, struct totals *t);
