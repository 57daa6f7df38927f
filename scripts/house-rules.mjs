// The laws of the house that no library checks (docs/house.md §2, §4, §6). Each answers [{ file, line?, message }].
import { asyncLinesOf, callsOf, importsFrom, parse, textsOf, writesOf } from './house-source.mjs'

const CONTEXTS = [
  'access',
  'directory',
  'scheduling',
  'people',
  'sectorisation',
  'booking',
  'messaging',
  'interop',
  'insight',
]
const WORDS = ['rules', 'schema', 'policy', 'events', 'store', 'queries', 'commands', 'reactions', 'jobs', 'router']
const EXTRA_WORDS = {
  gateways: ['access', 'sectorisation', 'interop'],
  templates: ['messaging', 'access', 'booking'], // access words its own sign-in links, booking its files
  rest: ['interop'],
  auth: ['access'],
}
const GROUND_FILES = ['trpc', 'root', 'wiring', 'api', 'person-api', 'worker']
const DRAWERS = /^(index|utils?|helpers?|lib|libs|services?|types?|common|shared|misc|tools?|data|manager|constants)$/
const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/
const TEST = /\.test(-[a-z]+)?\.tsx?$/ // `.test-model.ts`: what several tests share

/** File names of server/** come from a closed list: one knows where to look, and where to put. */
export const vocabulary = ({ sources }) =>
  sources
    .filter(({ file }) => /^(server|app)\//.test(file))
    .map(({ file }) => ({ file, message: file.startsWith('server/') ? whyNotInServer(file) : whyNotInApp(file) }))
    .filter(({ message }) => message)

function whyNotInServer(file) {
  const parts = file
    .replace(/((\.[a-z0-9-]+)?\.test(-[a-z]+)?)?\.(tsx?|mts|mjs)$/, '') // a test may name its topic: slots.zones.test.ts
    .split('/')
    .slice(1)
  const odd = parts.find((part) => !KEBAB.test(part))
  if (odd) return `« ${odd} » : un nom de fichier du serveur s'écrit en minuscules avec des tirets.`
  const drawer = parts.find((part) => DRAWERS.test(part))
  if (drawer)
    return `« ${drawer} » est un tiroir : nommez ce que le fichier sait faire, avec un des mots de la maison (${WORDS.join(', ')}).`
  if (TEST.test(file)) return null
  const [room, name, ...deeper] = parts
  if (!name)
    return GROUND_FILES.includes(room)
      ? null
      : `server/ ne contient que ${GROUND_FILES.join(', ')} et les pièces : mettez ce fichier dans la sienne.`
  if (['kernel', 'platform'].includes(room)) return null
  if (!CONTEXTS.includes(room))
    return `« ${room} » n'est pas une pièce de la maison (${CONTEXTS.join(', ')}) : une nouvelle pièce est une décision à écrire dans docs/decisions.`
  return whyNotWord({ room, name, deeper })
}

function whyNotWord({ room, name, deeper }) {
  const rooms = EXTRA_WORDS[name]
  if (!WORDS.includes(name) && !rooms)
    return `« ${name} » n'est pas un mot de la maison : les mots d'une pièce sont ${WORDS.join(', ')} ; rangez-le sous l'un d'eux (rules/${name}.ts, queries/${name}.ts…).`
  if (rooms && !rooms.includes(room)) return `« ${name} » n'existe que dans ${rooms.join(', ')}.`
  if (name === 'commands' && deeper.length === 0)
    return 'Les commandes ont un fichier chacune : commands/<verbe-nom>.ts.'
  if (name === 'commands' && /^(handle|process|manage|do)(-|$)/.test(deeper[0]))
    return `« ${deeper[0]} » ne dit pas ce qui est fait : prenez un verbe du métier (book, cancel, save…).`
  if (deeper.length > 1 && name !== 'rest')
    return `Un seul niveau sous « ${name} » : une pièce doit se lire d'un coup d'œil.`
  return null
}

/** Folders of app/ are the site's addresses: only file names are ours to choose. */
function whyNotInApp(file) {
  const name = file.split('/').at(-1).split('.')[0]
  return DRAWERS.test(name)
    ? `« ${name} » est un tiroir : un composant va près de sa page, dans _parts/<pièce> s'il sert à deux, dans _ui s'il ne sait rien des RDV.`
    : null
}

/** Any room may read any table; its owner alone writes it. */
export const oneWriter = ({ sources, tables }) =>
  sources
    .filter(({ file }) => file.startsWith('server/') && !TEST.test(file))
    .flatMap((source) =>
      writesOf(parse(source), tables)
        .filter(({ owner }) => !source.file.startsWith(`server/${owner}/`))
        .map(({ owner, table, line }) => ({
          file: source.file,
          line,
          message: `écrit dans « ${table} », qui appartient à server/${owner} : appelez une commande (ou une fonction de store) de server/${owner}.`,
        })),
    )

/** A command that changes rows says so in the ledger, in the same transaction. */
export const writesEmit = ({ sources, tables }) =>
  sources
    .filter(({ file }) => /^server\/[^/]+\/commands\//.test(file) && !TEST.test(file))
    .filter((source) => {
      const tree = parse(source)
      const stored = importsFrom(tree, /(?:^|\/)store(?:\/|$)/)
      const calls = callsOf(tree)
      const isStoreCall = ({ text }) =>
        stored.has(text.split('.')[0]) && !/^(lock|find|get|list|load)/.test(text.split('.').at(-1))
      const writes = writesOf(tree, tables).length > 0 || calls.some(isStoreCall)
      return writes && !calls.some(({ last }) => last === 'emit')
    })
    .map(({ file }) => ({
      file,
      message:
        "écrit sans « await tx.emit(…) » : sans fait au registre, ni message, ni historique, ni webhook (les six temps d'une commande, docs/house.md §6).",
    }))

const PURE = /^server\/[^/]+\/(rules|schema|policy|events)(\.ts$|\/)/
const CHANCE = new Set(['Date.now', 'Math.random', 'crypto.randomUUID', 'randomUUID', 'performance.now'])

/** Decisions are data in, answer out: no clock, no chance, nothing asynchronous. */
export const pureWords = ({ sources }) =>
  sources
    .filter(({ file }) => PURE.test(file) && !TEST.test(file))
    .flatMap((source) => {
      const tree = parse(source)
      const chance = callsOf(tree).filter(
        ({ text, argumentCount }) => CHANCE.has(text) || (text === 'Date' && argumentCount === 0),
      )
      return [
        ...chance.map(({ text, line }) => ({
          file: source.file,
          line,
          message: `« ${text} » : l'heure et le hasard sont des arguments d'une règle, jamais lus par elle.`,
        })),
        ...asyncLinesOf(tree).map((line) => ({
          file: source.file,
          line,
          message: "une règle n'attend rien : chargez dans queries, puis appelez-la.",
        })),
      ]
    })

/** A `loadX` sees beyond the actor's reach on purpose: no procedure may answer it directly. */
export const routersWithinReach = ({ sources }) =>
  sources
    .filter(({ file }) => /^server\/[^/]+\/router(\.ts$|\/)/.test(file) && !TEST.test(file))
    .flatMap((source) =>
      callsOf(parse(source))
        .filter(({ last }) => /^load[A-Z]/.test(last))
        .map(({ last, line }) => ({
          file: source.file,
          line,
          message: `« ${last} » ignore la portée de la personne : exposez une requête qui l'applique (find, get, list, search).`,
        })),
    )

const READ_BY_PEOPLE = /^(app|db\/seed(?!\/demo\.ts))\/|^server\/[^/]+\/templates(\/|\.)/
/** A sign that ends a word is followed by nothing, a space or another sign; `:focus` and `?q=` are code. */
const LOOSE_SIGN = /(?:^ +|(?<=\S)[ \t\r\n]+)(?:[:;!?]+(?=$|[\s»)\].,…'"’])|»)|«[ \t\r\n]/

/** French sets : ; ! ? and the inside of « » off with a space that never breaks: a sign alone begins no line. */
export const frenchSpaces = ({ sources }) =>
  sources
    .filter(({ file }) => READ_BY_PEOPLE.test(file) && !TEST.test(file))
    .flatMap((source) =>
      textsOf(parse(source)).flatMap(({ text, line }) => {
        const found = LOOSE_SIGN.exec(text)
        if (!found) return []
        const excerpt = text.slice(Math.max(0, found.index - 20), found.index + 20).replace(/\s+/g, ' ')
        return [
          {
            file: source.file,
            line,
            message: `« ${excerpt.trim()} » : une espace ordinaire laisse le signe seul à la ligne : mettez U+00A0 (avant : et dans « ») ou U+202F (avant ; ! ?).`,
          },
        ]
      }),
    )

const LONGEST = 300
const LONGEST_LIST = 400 // schemas, templates and tests are lists, not reasoning
const mayBeLonger = (file) => /(^|\/)(schema|templates)(\.tsx?$|\/)/.test(file) || TEST.test(file)

export const fileSize = ({ sources }) =>
  sources
    .map(({ file, text }) => ({
      file,
      lines: text.trimEnd().split('\n').length,
      limit: mayBeLonger(file) ? LONGEST_LIST : LONGEST,
    }))
    .filter(({ lines, limit }) => lines > limit)
    .map(({ file, lines, limit }) => ({
      file,
      message: `${lines} lignes, pour ${limit} au plus : deux sujets s'y cachent, donnez à chacun son fichier (le mot devient un dossier).`,
    }))

const ORPHAN = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME'].join('|')})\\b(?!\\([\\p{L}][\\p{L}. -]*\\))`, 'u')

export const namedTodos = ({ sources }) =>
  sources.flatMap(({ file, text }) =>
    text.split('\n').flatMap((line, index) => {
      const word = ORPHAN.exec(line)?.[1]
      return word
        ? [
            {
              file,
              line: index + 1,
              message: `« ${word} » sans nom : écrivez qui s'en charge, ${word}(prénom), ou faites-le.`,
            },
          ]
        : []
    }),
  )
