# Prints what OpenImageIO finds in a picture: its size, its attributes, and each channel's name, type and
# values, these as they are stored, in hexadecimal.
import sys, OpenImageIO as oiio
f = oiio.ImageInput.open(sys.argv[1])
s = f.spec()
print('size', s.x, s.y, s.width, s.height, s.full_x, s.full_y, s.full_width, s.full_height, s.get_string_attribute('compression'), sep='\t')
for name in sys.argv[2:]:
    print('attribute', name, s.getattribute(name), sep='\t')
for i, (name, kind) in enumerate(zip(s.channelnames, s.channelformats)):
    v = f.read_image(i, i + 1, kind.basetype if hasattr(kind, 'basetype') else kind)
    print('channel', name, kind, v.astype(v.dtype.newbyteorder('<')).tobytes().hex(), sep='\t')
