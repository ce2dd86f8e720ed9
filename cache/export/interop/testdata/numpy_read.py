# Prints the arrays of an .npz: name, tab, values of all rows as they are stored. They are read as
# numpy loads them, also where it is asked to map, and mapped by the function that is told in the
# documents, whose text is the second argument.
import re, sys, numpy
path, told = sys.argv[1], open(sys.argv[2], encoding='utf-8').read()
code = re.search(r'```python\n(import numpy, struct.*?)```', told, re.S)[1]
here = {}
exec(code, here)
def one(v):
    if v.dtype.kind != 'f': return str(int(v))
    return 'nan' if v != v else '%08x' % int(v.view('u4'))
def show(v):
    if v.ndim == 0: return one(v)
    return '[' + ''.join(one(x) + ',' for x in v.ravel()) + ']' # a matrix is its rows
with numpy.load(path) as a, numpy.load(path, mmap_mode='r') as again:
    names = set(a.files)
    for name in a.files:
        v = a[name]
        assert v.dtype == again[name].dtype and v.tobytes() == again[name].tobytes()
        if v.size: # nothing of an empty one can be mapped
            m = here['mapped'](path, name)
            assert isinstance(m, numpy.memmap) and m.dtype == v.dtype and m.shape == v.shape and m.tobytes() == v.tobytes()
        if name.endswith(('.offsets', '.value_offsets')): continue
        o = a[name + '.offsets'] if name + '.offsets' in names else None
        if v.dtype.kind == 'u': # text or bytes
            inner = a[name + '.value_offsets'] if name + '.value_offsets' in names else o
            items = [v[inner[i]:inner[i+1]].tobytes().hex() for i in range(len(inner) - 1)]
            rows = items if inner is o else ['[' + ''.join(x + ',' for x in items[o[i]:o[i+1]]) + ']' for i in range(len(o) - 1)]
        elif o is not None:
            rows = ['[' + ''.join(show(x) + ',' for x in v[o[i]:o[i+1]]) + ']' for i in range(len(o) - 1)]
        else:
            rows = [show(x) for x in v]
        print(name, ''.join(r + ',' for r in rows), sep='\t')
