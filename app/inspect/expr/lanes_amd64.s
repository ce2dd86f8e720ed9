#include "textflag.h"

// Comparisons of float32 columns with one number, by SSE2, which every amd64 has: sixteen
// rows at a time become sixteen bits. A comparison with NaN is false.
//
// Register use: DI the bits, SI the values, CX groups of sixteen rows, X0 the number four
// times.

#define BEGIN \
	MOVQ   out+0(FP), DI;    \
	MOVQ   a+8(FP), SI;      \
	MOVQ   words+16(FP), CX; \
	MOVSS  c+24(FP), X0;     \
	SHUFPS $0, X0, X0;       \
	SHLQ   $2, CX

// Four masks of four rows, X1 to X4, become sixteen bits.
#define STORE \
	PACKSSLW X2, X1; \
	PACKSSLW X4, X3; \
	PACKSSWB X3, X1; \
	PMOVMSKB X1, AX; \
	MOVW     AX, (DI); \
	ADDQ     $2, DI

// FOUR loads values that lie side by side.
#define FOUR(at, to) MOVUPS at(SI), to

// THREE loads every third of twelve values.
#define THREE(at, to) \
	MOVUPS at+0(SI), to;    \
	MOVUPS at+16(SI), X5;   \
	MOVUPS at+32(SI), X6;   \
	SHUFPS $0x5A, X6, X5;   \
	SHUFPS $0x8C, X5, to

#define BELOW(x)  CMPPS X0, x, $1
#define EQUALS(x) CMPPS X0, x, $0

// ABOVE is number < value.
#define ABOVE(x) \
	MOVAPS X0, X7;     \
	CMPPS  x, X7, $1;  \
	MOVAPS X7, x

#define GROUP(load, size, compare) \
	load(0*size, X1); \
	load(1*size, X2); \
	load(2*size, X3); \
	load(3*size, X4); \
	compare(X1);      \
	compare(X2);      \
	compare(X3);      \
	compare(X4);      \
	STORE;            \
	ADDQ $(4*size), SI

// func belowOne(out *uint64, a *float32, words int, c float32)
TEXT ·belowOne(SB), NOSPLIT, $0-28
	BEGIN
loop:
	GROUP(FOUR, 16, BELOW)
	DECQ CX
	JNZ  loop
	RET

// func aboveOne(out *uint64, a *float32, words int, c float32)
TEXT ·aboveOne(SB), NOSPLIT, $0-28
	BEGIN
loop:
	GROUP(FOUR, 16, ABOVE)
	DECQ CX
	JNZ  loop
	RET

// func equalsOne(out *uint64, a *float32, words int, c float32)
TEXT ·equalsOne(SB), NOSPLIT, $0-28
	BEGIN
loop:
	GROUP(FOUR, 16, EQUALS)
	DECQ CX
	JNZ  loop
	RET

// func belowThree(out *uint64, a *float32, words int, c float32)
TEXT ·belowThree(SB), NOSPLIT, $0-28
	BEGIN
loop:
	GROUP(THREE, 48, BELOW)
	DECQ CX
	JNZ  loop
	RET

// func aboveThree(out *uint64, a *float32, words int, c float32)
TEXT ·aboveThree(SB), NOSPLIT, $0-28
	BEGIN
loop:
	GROUP(THREE, 48, ABOVE)
	DECQ CX
	JNZ  loop
	RET

// func equalsThree(out *uint64, a *float32, words int, c float32)
TEXT ·equalsThree(SB), NOSPLIT, $0-28
	BEGIN
loop:
	GROUP(THREE, 48, EQUALS)
	DECQ CX
	JNZ  loop
	RET
