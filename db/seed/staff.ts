import type { ServiceKey } from './territories'

export type StaffSpec = {
  job: string
  services: readonly ServiceKey[]
  /** Keys of the organisations they work in; the first is their base. */
  works: readonly string[]
  level?: 'basic' | 'admin' | 'intervenant'
  isSecretary?: boolean
  isTerritoryAdmin?: boolean
  /** Invited, has not answered yet. */
  isInvited?: boolean
  /** A demo account: its name stands in accounts.json. */
  account?:
    'claire.dubois' | 'sandrine.lefebvre' | 'karim.benali' | 'helene.delattre' | 'julie.delmotte' | 'nadia.carpentier'
  howMany?: number
}

const midwife = { job: 'Sage-femme', services: ['pmi', 'cpef'] } as const
const nurse = { job: 'Puériculteur·rice', services: ['pmi'] } as const
const doctor = { job: 'Médecin de PMI', services: ['pmi'] } as const
const counsellor = { job: 'Conseiller·ère conjugal·e et familial·e', services: ['cpef'] } as const
const socialWorker = { job: 'Assistant·e social·e', services: ['social'] } as const
const rsaWorker = { job: 'Référent·e RSA', services: ['rsa'] } as const
const adviser = { job: 'Conseiller·ère en insertion', services: ['rsa', 'social'] } as const
const assessor = { job: 'Évaluateur·rice MDPH', services: ['mdph'] } as const
const secretary = { job: 'Secrétaire', isSecretary: true } as const

/** Sixty agents. Every organisation has an admin, every territory a territory admin. */
export const STAFF: readonly StaffSpec[] = [
  { ...midwife, works: ['pmi-bethune', 'cpef-arras'], account: 'claire.dubois' },
  { ...secretary, services: ['pmi'], works: ['pmi-bethune'], account: 'sandrine.lefebvre' },
  { ...nurse, works: ['pmi-bethune'], level: 'admin', account: 'karim.benali' },
  { ...socialWorker, works: ['mds-lens'], level: 'admin', isTerritoryAdmin: true, account: 'helene.delattre' },
  { ...doctor, works: ['pmi-bethune', 'mds-lens'] },
  { ...nurse, works: ['pmi-bethune'], account: 'julie.delmotte' },
  { ...socialWorker, works: ['mds-lens'], howMany: 3 },
  { ...rsaWorker, works: ['mds-lens'] },
  { ...secretary, services: ['social', 'rsa', 'pmi'], works: ['mds-lens'] },
  { job: 'Interprète en langue des signes', services: ['social'], works: ['mds-lens'], level: 'intervenant' },
  { ...socialWorker, works: ['mds-arras'], level: 'admin' },
  { ...adviser, works: ['mds-arras'] },
  { ...secretary, services: ['social'], works: ['mds-arras', 'mdph-62'] },
  { ...socialWorker, works: ['mds-boulogne'], level: 'admin' },
  { ...adviser, works: ['mds-boulogne'] },
  { ...nurse, works: ['mds-boulogne', 'pmi-calais'] },
  { ...nurse, works: ['pmi-calais'], level: 'admin' },
  { ...doctor, works: ['pmi-calais', 'mds-boulogne'] },
  { ...midwife, works: ['pmi-calais', 'cpef-lens'] },
  { ...counsellor, works: ['cpef-arras'], level: 'admin' },
  { ...counsellor, works: ['cpef-arras'], account: 'nadia.carpentier' },
  { ...counsellor, works: ['cpef-lens'], level: 'admin' },
  { ...assessor, works: ['mdph-62'], level: 'admin' },
  { ...assessor, works: ['mdph-62'] },
  { ...assessor, works: ['mdph-62'], isInvited: true },

  { ...socialWorker, works: ['mdsi-amiens'], level: 'admin', isTerritoryAdmin: true },
  { ...socialWorker, works: ['mdsi-amiens'] },
  { ...adviser, works: ['mdsi-amiens'], howMany: 2 },
  { ...secretary, services: ['social', 'rsa'], works: ['mdsi-amiens'] },
  { ...socialWorker, works: ['mdsi-abbeville'], level: 'admin' },
  { ...adviser, works: ['mdsi-abbeville'] },
  { ...adviser, works: ['mdsi-peronne'], level: 'admin' },
  { ...socialWorker, works: ['mdsi-peronne'] },
  { ...nurse, works: ['pmi-amiens', 'mdsi-amiens'], level: 'admin' },
  // Busy is busy everywhere: this doctor has one agenda for two départements.
  { ...doctor, works: ['pmi-amiens', 'pmi-bethune'] },
  { ...midwife, works: ['pmi-amiens', 'cpef-amiens'] },
  { ...counsellor, works: ['cpef-amiens'], level: 'admin' },
  { ...assessor, works: ['mdph-80'], level: 'admin' },
  { ...assessor, works: ['mdph-80'] },
  { ...secretary, services: ['pmi', 'cpef'], works: ['pmi-amiens', 'cpef-amiens'] },

  { ...socialWorker, works: ['mds-saint-denis'], level: 'admin', isTerritoryAdmin: true },
  { ...adviser, works: ['mds-saint-denis'], howMany: 2 },
  { ...nurse, works: ['mds-saint-denis', 'pmi-le-port'] },
  { ...secretary, services: ['social', 'rsa'], works: ['mds-saint-denis'] },
  { ...socialWorker, works: ['mds-saint-pierre'], level: 'admin' },
  { ...adviser, works: ['mds-saint-pierre'] },
  { ...socialWorker, works: ['mds-saint-pierre'] },
  { ...nurse, works: ['mds-saint-pierre'] },
  { job: 'Interprète créole', services: ['social'], works: ['mds-saint-pierre'], level: 'intervenant' },
  { ...adviser, works: ['mds-saint-paul'], level: 'admin' },
  { ...doctor, works: ['pmi-le-port', 'mds-saint-paul'] },
  { ...nurse, works: ['pmi-le-port'], level: 'admin' },
  { ...midwife, works: ['pmi-le-port', 'cpef-saint-denis'] },
  { ...counsellor, works: ['cpef-saint-denis'], level: 'admin' },
  { ...assessor, works: ['mdph-974'], level: 'admin' },
  { ...assessor, works: ['mdph-974'] },
]
