// The floors and walls of the house, as data (docs/house.md §2). Imports go down; nothing looks up.

/** From the ground up. A floor may use everything below it; rooms of one floor have no door between them. */
const FLOORS = [
  { name: '1 db et kernel', rooms: ['^db/(?:schema/|client|columns|migrate)', '^server/kernel/'] },
  { name: '2 platform', rooms: ['^server/platform/'] },
  { name: '3 trpc', rooms: ['^server/trpc\\.ts$'] },
  { name: '4 access', rooms: ['^server/access/'] },
  { name: '5 directory', rooms: ['^server/directory/'] },
  {
    name: '6 scheduling, people, sectorisation',
    rooms: ['^server/scheduling/', '^server/people/', '^server/sectorisation/'],
  },
  { name: '7 booking', rooms: ['^server/booking/'] },
  { name: '8 messaging, interop, insight', rooms: ['^server/messaging/', '^server/interop/', '^server/insight/'] },
  { name: '9 root et wiring', rooms: ['^server/(?:root|wiring)\\.ts$'] },
  { name: '10 api et worker', rooms: ['^server/(?:api|person-api|worker)\\.ts$'] },
  { name: '11 app', rooms: ['^app/'] },
]

/** A library that only one place may speak to, so that it can be replaced there. */
const LIBRARIES = [
  { name: 'graphile-worker', owner: '^server/(?:platform/jobs|worker)\\.ts$|^db/migrate\\.ts$' },
  { name: 'mailparser', owner: '^server/platform/mail-in/read\\.ts$' },
  { name: 'nodemailer', owner: '^server/platform/mail\\.ts$' },
  { name: 'libphonenumber-js', owner: '^server/platform/phone\\.ts$' },
  { name: 'pino', owner: '^server/platform/log\\.ts$' },
  { name: 'date-fns-tz', owner: '^server/scheduling/rules/civil\\.ts$' },
  { name: '@node-rs/argon2', owner: '^server/access/' },
  { name: 'postgres', owner: '^db/|^server/platform/' },
]

const TESTS = '\\.test[-a-z]*\\.tsx?$'
const AROUND = '^db/(?:seed|testing)/' // they fill databases for others: above the floors, used by nobody
const word = (...names) => `^server/[^/]+/(?:${names.join('|')})(?:\\.ts$|/)`
const PURE_WORDS = word('rules', 'schema', 'policy', 'events')
const ISOMORPHIC_WORDS = word('rules', 'schema', 'policy')

const upward = FLOORS.slice(0, -1).map(({ name, rooms }, level) => ({
  name: `etage-${name.replaceAll(/[ ,]+/g, '-')}`,
  severity: 'error',
  comment: `L'étage ${name} n'importe rien d'au-dessus de lui. Un cas qui touche plusieurs étages vit sur le plus haut des deux ; ce qui vient « après » est une réaction à un événement (server/wiring.ts).`,
  from: { path: rooms, pathNot: TESTS },
  to: { path: FLOORS.slice(level + 1).flatMap((above) => above.rooms) },
}))

const walls = FLOORS.filter(({ name }) => /^[168] /.test(name)).flatMap(({ name, rooms }) =>
  rooms.map((room) => ({
    name: `mur-${room.replaceAll(/[^a-z]+/g, '-').replace(/^-|-$/g, '')}`,
    severity: 'error',
    comment: `Les pièces de l'étage ${name} n'ont pas de porte entre elles : faites monter le cas d'usage à l'étage du dessus, ou descendez la règle commune dans kernel.`,
    from: { path: room, pathNot: TESTS },
    to: { path: rooms.filter((other) => other !== room) },
  })),
)

const libraries = LIBRARIES.map(({ name, owner }) => ({
  name: `bibliotheque-${name.replaceAll(/[^a-z0-9-]+/g, '')}`,
  severity: 'error',
  comment: `« ${name} » n'a qu'un interlocuteur (${owner.replaceAll('\\', '')}) : appelez-le, pour que la bibliothèque reste remplaçable.`,
  from: { path: '^(?:app|server|db)/', pathNot: [owner, TESTS, AROUND] },
  to: { path: `^node_modules/${name}/` },
}))

const rooms = [
  {
    name: 'kernel-ne-parle-que-zod',
    severity: 'error',
    comment: "server/kernel est ce que tout le monde prononce, navigateur compris : il n'importe que zod et lui-même.",
    from: { path: '^server/kernel/', pathNot: TESTS },
    to: { pathNot: ['^server/kernel/', '^node_modules/zod/'] },
  },
  {
    name: 'mots-purs',
    severity: 'error',
    comment:
      "rules, schema, policy et events décident sans rien faire : ils n'importent que kernel, zod, des mots purs et la bibliothèque de dates (dans civil.ts). Chargez les données dans queries, passez-les en argument.",
    from: { path: PURE_WORDS, pathNot: TESTS },
    to: {
      pathNot: ['^server/kernel/', PURE_WORDS, '^node_modules/zod/', '^node_modules/date-fns(?:-tz)?/'],
      dependencyTypesNot: ['type-only'],
    },
  },
  {
    name: 'mots-isomorphes-sans-events',
    severity: 'error',
    comment:
      'rules, schema et policy partent au navigateur ; events reste sur le serveur : importez-le dans une commande.',
    from: { path: ISOMORPHIC_WORDS, pathNot: TESTS },
    to: { path: word('events') },
  },
  {
    name: 'app-par-la-porte',
    severity: 'error',
    comment:
      "app n'importe du serveur que server/api, les mots isomorphes (rules, schema, policy), kernel, et le type AppRouter. Ajoutez une procédure au routeur plutôt que d'entrer par la fenêtre.",
    from: { path: '^app/', pathNot: TESTS },
    to: {
      path: '^server/',
      pathNot: ['^server/(?:person-)?api\\.ts$', '^server/kernel/', ISOMORPHIC_WORDS, '^server/root\\.ts$'],
    },
  },
  {
    name: 'app-router-en-type',
    severity: 'error',
    comment:
      'app ne prend de server/root que « import type { AppRouter } » : le code du serveur ne part pas au navigateur.',
    from: { path: '^app/' },
    to: { path: '^server/root\\.ts$', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'app-sans-base',
    severity: 'error',
    comment: 'Une page lit par server/api, jamais la base : les droits sont dans les requêtes du serveur.',
    from: { path: '^app/' },
    to: { path: '^db/' },
  },
  {
    name: 'client-sans-serveur',
    severity: 'error',
    comment: 'Un fichier .client.tsx tourne dans le navigateur : passez-lui des données, ou appelez tRPC.',
    from: { path: '\\.client\\.tsx?$' },
    to: { path: '^server/(?:person-)?api\\.ts$', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'coeur-sans-web',
    severity: 'error',
    comment:
      "Le cœur ne voit ni en-tête, ni cookie, ni session : Next et React s'arrêtent à server/api.ts, server/access/auth.ts et aux gabarits de messages.",
    from: {
      path: '^server/',
      pathNot: ['^server/(?:person-)?api\\.ts$', '^server/access/auth\\.ts$', '^server/messaging/templates/', TESTS],
    },
    to: { path: '^node_modules/(?:next|next-auth|react|react-dom)/' },
  },
  {
    name: 'lectures-sans-ecritures',
    severity: 'error',
    comment: 'queries lit, store écrit : une requête qui importerait le store cacherait une écriture.',
    from: { path: word('queries'), pathNot: TESTS },
    to: { path: word('store', 'commands') },
  },
]

const hygiene = [
  {
    name: 'pas-de-cercle',
    severity: 'error',
    comment:
      'Deux fichiers qui se tiennent par la main ne se comprennent plus séparément : sortez ce qu’ils partagent.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'introuvable',
    severity: 'error',
    comment: 'Cet import ne mène nulle part : fichier déplacé, ou dépendance absente de package.json.',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'tests-et-semis-en-dehors',
    severity: 'error',
    comment: 'Le code livré ne dépend ni des tests ni des données de démonstration.',
    from: { path: '^(?:app|server|db)/', pathNot: [TESTS, AROUND] },
    // Except the list of demo accounts: signing in must know them to refuse them elsewhere.
    to: { path: [TESTS, AROUND], pathNot: '^db/seed/accounts\\.json$' },
  },
  {
    name: 'outils-en-dehors',
    severity: 'error',
    comment: "Le code livré n'importe pas une dépendance de développement : déplacez-la dans « dependencies ».",
    from: { path: '^(?:app|server|db)/', pathNot: [TESTS, AROUND] },
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['npm', 'type-only'] },
  },
]

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [...upward, ...walls, ...rooms, ...libraries, ...hygiene],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(?:^|/)\\.next' },
    tsPreCompilationDeps: true, // an imported type is a dependency too
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.d.ts', '.mts', '.mjs', '.js', '.json', '.css'],
    },
    reporterOptions: { text: { highlightFocused: true } },
  },
}
