# Prints the places of the vertices that Blender imports from a .ply.
import bpy, struct, sys
bpy.ops.wm.read_factory_settings(use_empty=True)
bpy.ops.import_mesh.ply(filepath=sys.argv[sys.argv.index('--') + 1])
vertices = bpy.context.object.data.vertices
print('Points', ''.join('[' + ''.join(struct.pack('>f', x).hex() + ',' for x in v.co) + '],' for v in vertices), sep='\t')
