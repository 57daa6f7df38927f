import { readFileSync } from 'node:fs'
import path from 'node:path'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { create, type Font } from 'fontkit'
import { printableData } from './printable'

const FONTS = ['400Regular/AtkinsonHyperlegibleNext_400Regular.ttf', '700Bold/AtkinsonHyperlegibleNext_700Bold.ttf']
const FONT_FOLDER = 'node_modules/@expo-google-fonts/atkinson-hyperlegible-next'
/** Of what the compiler remembers, the documents it has not met again since. */
const KEPT_COMPILATIONS = 10

type Press = { compiler: NodeCompiler; isShown: (codePoint: number) => boolean }
let press: Press | undefined

function openPress(): Press {
  const fontBlobs = FONTS.map((file) => readFileSync(path.join(process.cwd(), FONT_FOLDER, file)))
  // Each of ours is one font, no collection of them.
  const fonts = fontBlobs.map((blob) => create(blob) as Font)
  return {
    compiler: NodeCompiler.create({ fontArgs: [{ fontBlobs }] }),
    isShown: (codePoint) => fonts.every((font) => font.hasGlyphForCodePoint(codePoint)),
  }
}

/**
 * A document as a PDF that a screen reader reads (PDF/UA-1: tags, language, title; refused by the compiler when it is none).
 * `template` is ours; what people typed comes in `data`, as values no template can take for its own, and is printed by our fonts
 * alone, whatever others the machine has.
 */
export function typeset(template: string, data: object): Buffer {
  press ??= openPress()
  const { compiler, isShown } = press
  const document = { mainFileContent: template, inputs: { data: JSON.stringify(printableData(data, isShown)) } }
  const pdf = compiler.pdf(document, { pdfStandard: 'ua-1' })
  compiler.evictCache(KEPT_COMPILATIONS)
  return pdf
}
