# Prints the arrays of points that VTK reads from a file: name, tab, values of all points.
import sys, vtk
from vtk.util.numpy_support import vtk_to_numpy
path = sys.argv[1]
reader = {'hdf': vtk.vtkHDFReader, 'vtp': vtk.vtkXMLPolyDataReader, 'ply': vtk.vtkPLYReader}[path.rsplit('.', 1)[1]]()
failed = []
reader.AddObserver('ErrorEvent', lambda *_: failed.append(1))
reader.SetFileName(path)
reader.Update()
out = reader.GetOutput()
if failed or reader.GetErrorCode(): sys.exit('VTK cannot read it')
def one(v):
    if v.dtype.kind != 'f': return str(int(v))
    return 'nan' if v != v else '%08x' % int(v.view('u4'))
def show(name, a):
    if a.dtype == 'f8': sys.exit('%s is of doubles' % name)
    rows = (one(v) + ',' for v in a) if a.ndim == 1 else ('[' + ''.join(one(v) + ',' for v in row) + '],' for row in a)
    print(name, ''.join(rows), sep='\t')
if out.GetPoints() is not None: show('Points', vtk_to_numpy(out.GetPoints().GetData()))
data = out.GetPointData()
for i in range(data.GetNumberOfArrays()): show(data.GetArrayName(i), vtk_to_numpy(data.GetArray(i)))
