// The symbols are weak, so that a newer libc's or libstdc++'s own ones win.
#if defined(__linux__)

#include <cstdarg>
#include <cstdio>
#include <iostream> // before GCC 13 this emits the ios_base::Init that newer objects leave to libstdc++

extern "C" __attribute__((weak)) int __isoc23_sscanf(const char *s, const char *format, ...) {
  va_list args;
  va_start(args, format);
  int n = vsscanf(s, format, args);
  va_end(args);
  return n;
}

// std::ios_base_library_init(), GLIBCXX_3.4.32
extern "C" __attribute__((weak)) void _ZSt21ios_base_library_initv() {}

#endif
