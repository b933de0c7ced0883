import { parseSync } from '@swc/core'

/**
 * What one source file reaches for: its imports (static, dynamic, `require`, `require.resolve`, `import('…')` types) and the
 * places where it touches the clock, chance, the environment or a timer. Read from the syntax tree, so comments and strings do not count.
 */
export function scan(text, file) {
  const imports = []
  const touches = new Set()
  const made = new Set()
  const add = (node, typeOnly, names = ['*'], locals = []) =>
    node?.type === 'StringLiteral' &&
    imports.push({ specifier: node.value, typeOnly: Boolean(typeOnly), names, locals })
  const seen = {
    ImportDeclaration: (n) =>
      add(n.source, n.typeOnly || onlyTypes(n.specifiers), n.specifiers.map(nameOf), n.specifiers.map(localOf)),
    ExportNamedDeclaration: (n) => add(n.source, n.typeOnly || onlyTypes(n.specifiers), n.specifiers.map(nameOf)),
    ExportAllDeclaration: (n) => add(n.source, n.typeOnly),
    TsImportType: (n) => add(n.argument, true),
    TsExternalModuleReference: (n) => add(n.expression, false),
    CallExpression: (n) => {
      const callee = dotted(n.callee)
      if (n.callee.type === 'Import' || callee === 'require' || callee === 'require.resolve')
        add(n.arguments[0]?.expression, false)
      else if (callee === 'Date') touches.add('Date()')
      else if (TIMERS.has(callee)) touches.add(callee)
    },
    NewExpression: (n) => {
      const callee = dotted(n.callee)
      if (callee === 'Date' && !n.arguments?.length) touches.add('new Date()')
      made.add(callee)
    },
    MemberExpression: (n) => {
      const name = dotted(n)
      if (MEMBERS.has(name)) touches.add(name)
    },
  }
  walk(parseSync(text, { syntax: 'typescript', decorators: true, target: 'es2022', tsx: file.endsWith('.tsx') }), seen)
  return { imports, touches: [...touches], connections: connectionsOf(imports, made) }
}

/** `Client`, `Pool` and TypeORM's `DataSource` that are made here, under whatever name they are imported. */
const connectionsOf = (imports, made) =>
  imports
    .filter(({ specifier, typeOnly }) => !typeOnly && (specifier === 'pg' || specifier === 'typeorm'))
    .flatMap(({ locals }) => locals)
    .flatMap(({ name, local }) =>
      name === '*' ? [...CONNECTIONS].map((made) => `${local}.${made}`) : CONNECTIONS.has(name) ? [local] : [],
    )
    .filter((local) => made.has(local))
const CONNECTIONS = new Set(['Client', 'Pool', 'DataSource'])

const TIMERS = new Set(['setTimeout', 'setInterval', 'setImmediate', 'fetch'])
const MEMBERS = new Set([
  ...[
    'Date.now',
    'Math.random',
    'process.env',
    'performance.now',
    'process.hrtime',
    'crypto.randomUUID',
    'crypto.getRandomValues',
  ],
])

const onlyTypes = (specifiers) => specifiers?.length > 0 && specifiers.every((s) => s.isTypeOnly)

const nameOf = (s) =>
  s.type.includes('Namespace') || s.type.includes('Default') ? '*' : (s.imported ?? s.orig ?? s.local).value

const localOf = (s) => ({ name: nameOf(s), local: s.local.value })

function dotted(node) {
  if (node?.type === 'Identifier') return node.value
  if (node?.type !== 'MemberExpression') return ''
  const property = node.property.type === 'Computed' ? node.property.expression.value : node.property.value
  return dotted(node.object).replace(/^globalThis\./, '') + '.' + property
}

function walk(node, seen) {
  if (Array.isArray(node)) return node.forEach((child) => walk(child, seen))
  if (typeof node !== 'object' || node === null) return
  seen[node.type]?.(node)
  for (const key in node) if (key !== 'span') walk(node[key], seen)
}
