import { readFileSync } from 'node:fs'
import path from 'node:path'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'

const FONTS = ['400Regular/AtkinsonHyperlegibleNext_400Regular.ttf', '700Bold/AtkinsonHyperlegibleNext_700Bold.ttf']
const FONT_FOLDER = 'node_modules/@expo-google-fonts/atkinson-hyperlegible-next'
/** Of what the compiler remembers, the documents it has not met again since. */
const KEPT_COMPILATIONS = 10

let compiler: NodeCompiler | undefined

function openCompiler(): NodeCompiler {
  const fontBlobs = FONTS.map((file) => readFileSync(path.join(process.cwd(), FONT_FOLDER, file)))
  return NodeCompiler.create({ fontArgs: [{ fontBlobs }] })
}

/**
 * A document as a PDF that a screen reader reads (PDF/UA-1: tags, language, title; refused by the compiler when it is none).
 * `template` is ours; what people typed comes in `data`, as values no template can take for its own.
 */
export function typeset(template: string, data: object): Buffer {
  compiler ??= openCompiler()
  const document = { mainFileContent: template, inputs: { data: JSON.stringify(data) } }
  const pdf = compiler.pdf(document, { pdfStandard: 'ua-1' })
  compiler.evictCache(KEPT_COMPILATIONS)
  return pdf
}
