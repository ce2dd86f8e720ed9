// The prebuilt library and go-gl call a few functions of OpenGL by name, and so
// every start of the program would load OpenGL and X11, a worker's too. Here those
// names load it with the first call, which a window makes. They are hidden, so that
// no library takes them for OpenGL's own.
#if defined(__linux__)

#include <dlfcn.h>

static void *find(const char *name) {
  static void *lib = dlopen("libGL.so.1", RTLD_LAZY | RTLD_GLOBAL);
  return lib ? dlsym(lib, name) : nullptr;
}

// A window has a context before it calls any of these: OpenGL is there.
#define FORWARD(name, params, args)                                            \
  extern "C" __attribute__((visibility("hidden"))) void name params {          \
    static const auto f = reinterpret_cast<void(*) params>(find(#name));       \
    f args;                                                                    \
  }

FORWARD(glBindTexture, (unsigned target, unsigned texture), (target, texture))
FORWARD(glClear, (unsigned mask), (mask))
FORWARD(glClearColor, (float r, float g, float b, float a), (r, g, b, a))
FORWARD(glDeleteTextures, (int n, const unsigned *textures), (n, textures))
FORWARD(glGenTextures, (int n, unsigned *textures), (n, textures))
FORWARD(glGetIntegerv, (unsigned name, int *value), (name, value))
FORWARD(glTexImage2D,
        (unsigned target, int level, int internal, int w, int h, int border, unsigned format, unsigned type, const void *pixels),
        (target, level, internal, w, h, border, format, type, pixels))
FORWARD(glTexParameteri, (unsigned target, unsigned name, int value), (target, name, value))
FORWARD(glViewport, (int x, int y, int w, int h), (x, y, w, h))

extern "C" __attribute__((visibility("hidden"))) void *glXGetProcAddress(const unsigned char *name) {
  using lookup = void *(*)(const unsigned char *);
  static const auto f = reinterpret_cast<lookup>(find("glXGetProcAddress"));
  return f ? f(name) : nullptr;
}

#endif
