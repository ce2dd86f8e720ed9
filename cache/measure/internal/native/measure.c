#include "measure.h"

#include <math.h>
#include <string.h>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

// On x86 the kernels are compiled twice, and the loader picks by the processor.
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__)
#define KERNEL __attribute__((target_clones("avx2", "default")))
#else
#define KERNEL
#endif
#define INLINE static inline __attribute__((always_inline))

typedef float looseFloat __attribute__((aligned(1), may_alias));
typedef int32_t looseInt __attribute__((aligned(1), may_alias));

// A turn takes `fold` rows of `lanes` components; lanes is a multiple of comps,
// so that lane j always holds component j % comps, and of 8 where that keeps it
// short, for whole vectors. Rows are folded before the lanes' totals are
// touched, as those lie in memory. After blockComps components the lanes are
// added to the totals.
enum { fold = 4, maxLanes = 120, blockComps = 8192 };

INLINE void addLanes(int lanes, int comps, size_t rows, const double *min, const double *max,
	const double *sum, struct totals *t) {
	for (int j = 0; j < lanes; j++) {
		int c = j % comps;
		t->min[c] = min[j] < t->min[c] ? min[j] : t->min[c];
		t->max[c] = max[j] > t->max[c] ? max[j] : t->max[c];
		t->sum[c] += sum[j];
		t->finite[c] += rows;
	}
}

// carefully sums up n components one by one, leaving out what isn't finite.
static void carefully(const looseFloat *p, size_t n, int comps, struct totals *t) {
	int c = 0;
	for (size_t i = 0; i < n; i++) {
		double x = p[i];
		if (x - x == 0) {
			t->min[c] = x < t->min[c] ? x : t->min[c];
			t->max[c] = x > t->max[c] ? x : t->max[c];
			t->sum[c] += x;
			t->finite[c]++;
		} else {
			t->bad[c]++;
		}
		c = c + 1 == comps ? 0 : c + 1;
	}
}

// lengthsCarefully takes in the lengths of n values, leaving out those with a component
// that isn't finite.
static void lengthsCarefully(const looseFloat *p, size_t n, int comps, struct totals *t) {
	for (size_t i = 0; i < n; i++) {
		double q = 0;
		for (int c = 0; c < comps; c++) {
			double x = *p++;
			q += x * x;
		}
		if (q - q == 0) {
			t->leastSquare = q < t->leastSquare ? q : t->leastSquare;
			t->mostSquare = q > t->mostSquare ? q : t->mostSquare;
			t->finiteLengths++;
		} else {
			t->badLengths++;
		}
	}
}

// lengths takes in those of n values, of which `side` are taken at a time. The
// squares of floats are exact in a double, and their sums can't overflow it.
INLINE void lengths(const looseFloat *p, size_t n, const int comps, struct totals *t) {
	enum { side = 8 };
	double min[side], max[side], all[side], odd = 0;
	for (int j = 0; j < side; j++) {
		min[j] = INFINITY;
		max[j] = all[j] = 0;
	}
	size_t whole = n / side * side;
	for (size_t i = 0; i < whole; i += side) {
		for (int j = 0; j < side; j++) {
			double q = 0;
			for (int c = 0; c < comps; c++) {
				double x = p[(i + j) * comps + c];
				q += x * x;
			}
			min[j] = q < min[j] ? q : min[j];
			max[j] = q > max[j] ? q : max[j];
			all[j] += q; // finite only if all are
		}
	}
	for (int j = 0; j < side; j++)
		odd += all[j] - all[j];
	if (odd == 0) {
		for (int j = 0; j < side && whole > 0; j++) {
			t->leastSquare = min[j] < t->leastSquare ? min[j] : t->leastSquare;
			t->mostSquare = max[j] > t->mostSquare ? max[j] : t->mostSquare;
		}
		t->finiteLengths += whole;
	} else {
		lengthsCarefully(p, whole, comps, t);
	}
	lengthsCarefully(p + whole * comps, n - whole, comps, t);
}

INLINE void floats(looseFloat *restrict d, const looseFloat *restrict p, size_t n, const int comps,
	const int lanes, const int copy, struct totals *t) {
	const size_t turn = (size_t)fold * lanes;
	while (n >= turn) {
		size_t turns = (n < blockComps ? n : blockComps) / turn;
		float min[maxLanes], max[maxLanes];
		double sum[maxLanes];
		for (int j = 0; j < lanes; j++) {
			min[j] = INFINITY;
			max[j] = -INFINITY;
			sum[j] = 0;
		}
		const looseFloat *start = p;
		for (size_t i = 0; i < turns; i++) {
			for (int j = 0; j < lanes; j++) {
				float a = p[j], b = p[j + lanes], e = p[j + 2 * lanes], f = p[j + 3 * lanes];
				if (copy) {
					d[j] = a;
					d[j + lanes] = b;
					d[j + 2 * lanes] = e;
					d[j + 3 * lanes] = f;
				}
				float ab = a < b ? a : b, ef = e < f ? e : f;
				ab = ab < ef ? ab : ef;
				min[j] = ab < min[j] ? ab : min[j];
				ab = a > b ? a : b, ef = e > f ? e : f;
				ab = ab > ef ? ab : ef;
				max[j] = ab > max[j] ? ab : max[j];
				sum[j] += ((double)a + (double)b) + ((double)e + (double)f);
			}
			p += turn;
			d += copy ? turn : 0;
		}
		n -= turns * turn;
		// Sums of a block of finite floats can't overflow a double, and what isn't
		// finite stays so.
		double all = 0, wideMin[maxLanes], wideMax[maxLanes];
		for (int j = 0; j < lanes; j++) {
			all += sum[j] - sum[j];
			wideMin[j] = min[j];
			wideMax[j] = max[j];
		}
		if (all == 0)
			addLanes(lanes, comps, turns * fold, wideMin, wideMax, sum, t);
		else
			carefully(start, turns * turn, comps, t);
		if (comps > 1)
			lengths(start, turns * turn / comps, comps, t);
	}
	if (copy)
		memcpy(d, p, n * sizeof *p);
	carefully(p, n, comps, t);
	if (comps > 1)
		lengthsCarefully(p, n / comps, comps, t);
}

INLINE void ints(looseInt *restrict d, const looseInt *restrict p, size_t n, const int comps,
	const int lanes, const int copy, struct totals *t) {
	const size_t turn = (size_t)fold * lanes;
	while (n >= turn) {
		size_t turns = (n < blockComps ? n : blockComps) / turn;
		int32_t min[maxLanes], max[maxLanes];
		double sum[maxLanes];
		for (int j = 0; j < lanes; j++) {
			min[j] = INT32_MAX;
			max[j] = INT32_MIN;
			sum[j] = 0;
		}
		for (size_t i = 0; i < turns; i++) {
			for (int j = 0; j < lanes; j++) {
				int32_t a = p[j], b = p[j + lanes], e = p[j + 2 * lanes], f = p[j + 3 * lanes];
				if (copy) {
					d[j] = a;
					d[j + lanes] = b;
					d[j + 2 * lanes] = e;
					d[j + 3 * lanes] = f;
				}
				int32_t ab = a < b ? a : b, ef = e < f ? e : f;
				ab = ab < ef ? ab : ef;
				min[j] = ab < min[j] ? ab : min[j];
				ab = a > b ? a : b, ef = e > f ? e : f;
				ab = ab > ef ? ab : ef;
				max[j] = ab > max[j] ? ab : max[j];
				sum[j] += ((double)a + (double)b) + ((double)e + (double)f);
			}
			p += turn;
			d += copy ? turn : 0;
		}
		n -= turns * turn;
		double wideMin[maxLanes], wideMax[maxLanes];
		for (int j = 0; j < lanes; j++) {
			wideMin[j] = min[j];
			wideMax[j] = max[j];
		}
		addLanes(lanes, comps, turns * fold, wideMin, wideMax, sum, t);
	}
	if (copy)
		memcpy(d, p, n * sizeof *p);
	for (size_t i = 0; i < n; i++) {
		int c = i % comps;
		double x = p[i];
		t->min[c] = x < t->min[c] ? x : t->min[c];
		t->max[c] = x > t->max[c] ? x : t->max[c];
		t->sum[c] += x;
		t->finite[c]++;
	}
}

// What the lanes are for each number of components.
#define EACH_COMPS(RUN) \
	switch (comps) { \
	case 1: RUN(1, 32); break; \
	case 2: RUN(2, 32); break; \
	case 3: RUN(3, 24); break; \
	case 4: RUN(4, 32); break; \
	case 5: RUN(5, 40); break; \
	case 6: RUN(6, 24); break; \
	case 7: RUN(7, 56); break; \
	case 8: RUN(8, 32); break; \
	case 9: RUN(9, 72); break; \
	case 10: RUN(10, 40); break; \
	case 11: RUN(11, 88); break; \
	case 12: RUN(12, 24); break; \
	case 13: RUN(13, 104); break; \
	case 14: RUN(14, 56); break; \
	case 15: RUN(15, 120); break; \
	case 16: RUN(16, 32); break; \
	}

KERNEL static void copyFloats(void *dst, const void *src, size_t n, int comps, struct totals *t) {
#define RUN(c, lanes) floats(dst, src, n * c, c, lanes, 1, t)
	EACH_COMPS(RUN)
#undef RUN
}

KERNEL static void measureFloats(const void *src, size_t n, int comps, struct totals *t) {
#define RUN(c, lanes) floats(NULL, src, n * c, c, lanes, 0, t)
	EACH_COMPS(RUN)
#undef RUN
}

KERNEL static void copyInts(void *dst, const void *src, size_t n, int comps, struct totals *t) {
#define RUN(c, lanes) ints(dst, src, n * c, c, lanes, 1, t)
	EACH_COMPS(RUN)
#undef RUN
}

KERNEL static void measureInts(const void *src, size_t n, int comps, struct totals *t) {
#define RUN(c, lanes) ints(NULL, src, n * c, c, lanes, 0, t)
	EACH_COMPS(RUN)
#undef RUN
}

KERNEL static void bytes(const uint8_t *p, size_t n, struct totals *t) {
	uint8_t min = UINT8_MAX, max = 0;
	uint32_t sum = 0;
	for (size_t i = 0; i < n; i++) {
		min = p[i] < min ? p[i] : min;
		max = p[i] > max ? p[i] : max;
		sum += p[i];
	}
	t->min[0] = min < t->min[0] ? min : t->min[0];
	t->max[0] = max > t->max[0] ? max : t->max[0];
	t->sum[0] += sum;
	t->finite[0] += n;
}

static void measureBytes(const void *src, size_t n, int comps, struct totals *t) {
	const uint8_t *p = src;
	if (comps == 1) {
		for (size_t k; n > 0; p += k, n -= k) {
			k = n < 1 << 16 ? n : 1 << 16;
			bytes(p, k, t);
		}
		return;
	}
	for (size_t i = 0; i < n; i++) {
		for (int c = 0; c < comps; c++) {
			double x = *p++;
			t->min[c] = x < t->min[c] ? x : t->min[c];
			t->max[c] = x > t->max[c] ? x : t->max[c];
			t->sum[c] += x;
			t->finite[c]++;
		}
	}
}

// stream copies n bytes past the caches, by whole lines of them.
static void stream(uint8_t *d, const uint8_t *s, size_t n) {
#if defined(__SSE2__)
	size_t head = -(uintptr_t)d & 63;
	if (n >= head + 64) {
		memcpy(d, s, head);
		d += head;
		s += head;
		n -= head;
		for (; n >= 64; d += 64, s += 64, n -= 64) {
			__m128i a = _mm_loadu_si128((const __m128i *)s), b = _mm_loadu_si128((const __m128i *)(s + 16));
			__m128i e = _mm_loadu_si128((const __m128i *)(s + 32)), f = _mm_loadu_si128((const __m128i *)(s + 48));
			_mm_stream_si128((__m128i *)d, a);
			_mm_stream_si128((__m128i *)(d + 16), b);
			_mm_stream_si128((__m128i *)(d + 32), e);
			_mm_stream_si128((__m128i *)(d + 48), f);
		}
	}
#endif
	memcpy(d, s, n);
}

typedef void measurer(const void *src, size_t n, int comps, struct totals *t);

// What was copied is still in the first-level cache when it is measured.
enum { streamBytes = 16 << 10 };

static void measureAndStream(measurer *measure, size_t elem, uint8_t *d, const uint8_t *s, size_t n, int comps,
	struct totals *t) {
	size_t value = elem * comps, most = streamBytes / value;
	for (size_t k; n > 0; n -= k, d += k * value, s += k * value) {
		k = n < most ? n : most;
		stream(d, s, k * value);
		measure(s, k, comps, t);
	}
#if defined(__SSE2__)
	_mm_sfence(); // or other processors may see what is written later before this
#endif
}

void iceMeasureFloat32(void *dst, const void *src, size_t n, int comps, int past, struct totals *t) {
	if (dst && past)
		measureAndStream(measureFloats, sizeof(float), dst, src, n, comps, t);
	else if (dst)
		copyFloats(dst, src, n, comps, t);
	else
		measureFloats(src, n, comps, t);
}

void iceMeasureInt32(void *dst, const void *src, size_t n, int comps, int past, struct totals *t) {
	if (dst && past)
		measureAndStream(measureInts, sizeof(int32_t), dst, src, n, comps, t);
	else if (dst)
		copyInts(dst, src, n, comps, t);
	else
		measureInts(src, n, comps, t);
}

void iceMeasureUint8(void *dst, const void *src, size_t n, int comps, int past, struct totals *t) {
	if (dst && past) {
		measureAndStream(measureBytes, 1, dst, src, n, comps, t);
		return;
	}
	if (dst)
		memcpy(dst, src, n * comps);
	measureBytes(src, n, comps, t);
}
