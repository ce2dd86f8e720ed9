# Prints a table as pandas reads it: name, tab, values of all points. The second argument says of
# each attribute what its columns are called, what kind its values are of, and whether a field is
# a list as JSON.
import json, pandas, struct, sys
path, schema = sys.argv[1], json.loads(sys.argv[2])
def bits(v):
    if v is None or v != v: return 'nan'
    return struct.pack('>f', v).hex()
of = {'float': bits, 'int': lambda v: str(int(v)), 'text': lambda v: v.encode().hex(), 'digits': str}
def show(v, kind):
    if isinstance(v, list): return '[' + ''.join(show(x, kind) + ',' for x in v) + ']'
    return of[kind](v)
types = {name: str if a['list'] or a['kind'] in ('text', 'digits') else {'float': 'float32', 'int': 'int32'}[a['kind']] for a in schema for name in a['as']}
if path.endswith('.ndjson'):
    table = pandas.read_json(path, lines=True, dtype=False, convert_dates=False, precise_float=True, encoding='utf-8')
else:
    table = pandas.read_csv(path, sep='\t' if path.endswith('.tsv') else ',', dtype=types, na_values=['nan'], keep_default_na=False, float_precision='round_trip', encoding='utf-8')
names = [name for a in schema for name in a['as']]
assert list(table.columns) == (names if len(table) or path[-3:] != 'son' else []), table.columns
for a in schema if len(table) else []:
    columns = [table[name] for name in a['as']]
    rows = zip(*columns) if len(columns) > 1 else ((json.loads(v) if a['list'] else v) for v in columns[0])
    print(a['as'][0], ''.join(show(list(v) if isinstance(v, tuple) else v, a['kind']) + ',' for v in rows), sep='\t')
