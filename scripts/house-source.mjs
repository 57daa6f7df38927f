// Reads the sources of the house: files, tables and their owners, calls that write. Syntax only, no types.
import fs from 'node:fs'
import path from 'node:path'
import ts from 'typescript'

const FOLDERS = ['app', 'server', 'db', 'e2e', 'scripts']
const CODE = /\.(ts|tsx|mts|mjs)$/

/** Every code file, as { file (with slashes), text }. */
export function readSources(root) {
  return FOLDERS.filter((folder) => fs.existsSync(path.join(root, folder))).flatMap((folder) =>
    fs
      .readdirSync(path.join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && CODE.test(entry.name))
      .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
      .filter((file) => !/[\\/](node_modules|\.next[^\\/]*)[\\/]/.test(file))
      .map((file) => ({ file: path.relative(root, file).replaceAll('\\', '/'), text: fs.readFileSync(file, 'utf8') })),
  )
}

export const parse = ({ file, text }) => ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)

/** Calls `visit` on every node under `node`. */
export function walk(node, visit) {
  visit(node)
  ts.forEachChild(node, (child) => walk(child, visit))
}

export const lineOf = (source, node) => source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1

/** Tables declared in db/schema/<context>.ts or <context>-<topic>.ts: by exported name and by SQL name, each with the room that owns it. */
export function readTables(sources) {
  const byName = new Map()
  const bySqlName = new Map()
  for (const source of sources.filter(({ file }) => /^db\/schema\/(?!index)[a-z]+(?:-[a-z]+)?\.ts$/.test(file))) {
    const [room] = path.basename(source.file, '.ts').split('-')
    const owner = room === 'ledger' ? 'platform' : room
    walk(parse(source), (node) => {
      if (!ts.isVariableDeclaration(node) || !node.initializer || !ts.isCallExpression(node.initializer)) return
      const [first] = node.initializer.arguments
      if (!/^pgTable/.test(node.initializer.expression.getText()) || !first || !ts.isStringLiteral(first)) return
      byName.set(node.name.getText(), { owner, table: first.text })
      bySqlName.set(first.text, { owner, table: first.text })
    })
  }
  return { byName, bySqlName }
}

/** Local name → exported name (`*` for a namespace), for what a file imports from modules whose path matches. */
export function importsFrom(source, pattern) {
  const names = new Map()
  walk(source, (node) => {
    if (!ts.isImportDeclaration(node) || !pattern.test(node.moduleSpecifier.text)) return
    const bindings = node.importClause?.namedBindings
    if (!bindings) return
    if (ts.isNamespaceImport(bindings)) names.set(bindings.name.text, '*')
    else for (const { name, propertyName } of bindings.elements) names.set(name.text, (propertyName ?? name).text)
  })
  return names
}

const WRITERS = new Set(['insert', 'update', 'delete'])
const SQL_WRITE = /\b(?:insert\s+into|delete\s+from|update(?:\s+only)?)\s+"?(?:\$\{\s*([\w.]+)\s*\}|(\w+))"?/gi

/** Writes of a file: [{ owner, table, line }], through the query builder or in raw SQL. */
export function writesOf(source, tables) {
  const imported = importsFrom(source, /(?:^|\/)db\/schema(?:\/|$)/)
  const tableOf = (text) => {
    const [first, second] = text.split('.')
    const exported = imported.get(first)
    return exported === '*' ? tables.byName.get(second) : tables.byName.get(exported)
  }
  const writes = []
  walk(source, (node) => {
    const line = lineOf(source, node)
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const found = WRITERS.has(node.expression.name.text) && node.arguments[0] && tableOf(node.arguments[0].getText())
      if (found) writes.push({ ...found, line })
    }
    if (!ts.isTemplateExpression(node) && !ts.isStringLiteral(node) && !ts.isNoSubstitutionTemplateLiteral(node)) return
    for (const [, placeholder, name] of node.getText().matchAll(SQL_WRITE)) {
      const found = placeholder ? tableOf(placeholder) : tables.bySqlName.get(name)
      if (found) writes.push({ ...found, line })
    }
  })
  return writes
}

/** Calls of a file, as { text (`tx.emit`), last (`emit`), line, argumentCount }. */
export function callsOf(source) {
  const calls = []
  walk(source, (node) => {
    if (!ts.isCallExpression(node) && !ts.isNewExpression(node)) return
    const text = node.expression.getText()
    calls.push({
      text,
      last: text.split('.').at(-1),
      line: lineOf(source, node),
      argumentCount: node.arguments?.length ?? 0,
    })
  })
  return calls
}

const isTemplatePiece = (node) => ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)

/** What a file writes, piece by piece, as { text, line }: JSX text, strings, templates around their `${}`. */
export function textsOf(source) {
  const texts = []
  walk(source, (node) => {
    if (!ts.isJsxText(node) && !ts.isStringLiteralLike(node) && !isTemplatePiece(node)) return
    texts.push({ text: node.text, line: lineOf(source, node) })
  })
  return texts
}

/** Lines where something asynchronous is declared or awaited. */
export function asyncLinesOf(source) {
  const lines = []
  walk(source, (node) => {
    const isAsync =
      ts.canHaveModifiers(node) && ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword)
    if (isAsync || ts.isAwaitExpression(node)) lines.push(lineOf(source, node))
  })
  return lines
}
