# Prints the attributes of points of a layer of USD in text, from a file or standard input,
# as they are written: name, tab, values of all points. Written from the description of the
# format, for layers with one sample an attribute.
import re, struct, sys
text = (open(sys.argv[1], encoding='utf-8', newline='\n') if len(sys.argv) > 1 else open(0, encoding='utf-8', newline='\n')).read()
assert text.startswith('#usda 1.0\n')
token = re.compile(r'''"""((?:\\.|[^\\])*?)"""|"((?:\\.|[^"\\])*)"|'((?:\\.|[^'\\])*)'|([()\[\],])|([^\s()\[\],"']+)''', re.S)
escape = re.compile(r'\\(x[0-9a-fA-F]{2}|.)', re.S)
def unescape(s):
    return escape.sub(lambda m: chr(int(m[1][1:], 16)) if m[1][0] == 'x' and len(m[1]) > 1 else {'n': '\n', 't': '\t', 'r': '\r'}.get(m[1], m[1]), s)
def bits(word):
    f = float(word)
    return 'nan' if f != f else '%08x' % struct.unpack('<I', struct.pack('<f', f))
def values(kind, body):
    depth, out = 0, []
    for long, double, single, mark, word in (m.groups(default=None) for m in token.finditer(body)):
        if mark == '(':
            depth += 1
            if depth == 1: out.append('[')
        elif mark == ')':
            depth -= 1
            if depth == 0: out.append('],')
        elif mark is None:
            if word is None: s = unescape(next(s for s in (long, double, single) if s is not None)).encode().hex()
            else: s = bits(word) if kind[:3] not in ('int', 'boo') else str(int(word))
            out.append(s + ',')
    assert depth == 0
    return ''.join(out)
found = re.compile(r'^ +(\w+)\[\] ([\w:]+)(?:\.timeSamples = \{\s*([-\d.]+): |(?:\s*\([^)]*\))? = |(?: = ))\[(.*?)\](?:,\s*\})?(?= *\(?\n)', re.M | re.S)
for m in found.finditer(text):
    print(m[2], values(m[1], m[4]), sep='\t')
