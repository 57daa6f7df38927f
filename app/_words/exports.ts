import type { ExportFailure, ExportRefusal, FollowedExport } from '@/server/booking/rules/exports'

export const exportFormatWords = {
  csv: 'CSV (tableur, texte)',
  xlsx: 'Excel (XLSX)',
  pdf: 'Convocations (PDF)',
  'pdf-large': 'Convocations en gros caractères (PDF)',
} as const satisfies Record<FollowedExport['format'], string>

const FAILURE_WORDS = {
  'too-many':
    'Trop de RDV pour un fichier (20\u00a0000 au plus, 1\u00a0000\u00a0pour des convocations)\u00a0: réduisez la période ou ajoutez des filtres, puis redemandez.',
  interrupted: 'L’écriture s’est interrompue. Redemandez-le\u00a0; si cela recommence, signalez-le.',
  nobody: 'Aucun de ces RDV n’est encore attendu\u00a0: il n’y a pas de convocation à imprimer.',
  'no-longer': 'Vos accès ne permettent plus cet export.',
} as const satisfies Record<ExportFailure, string>

/** Where an export stands, as a sentence. */
export function exportStateWords({ state, failure, doneCount, totalCount }: FollowedExport): string {
  if (state === 'failed') return failure ? FAILURE_WORDS[failure] : FAILURE_WORDS.interrupted
  if (state === 'waiting') return 'En attente\u00a0: il commence dans un instant.'
  if (state === 'running')
    return totalCount === null ? 'En préparation…' : `${String(doneCount)}\u00a0RDV écrits sur ${String(totalCount)}.`
  return doneCount > 1 ? `${String(doneCount)}\u00a0RDV.` : doneCount === 1 ? '1\u00a0RDV.' : 'Aucun RDV.'
}

export const exportRefusalWords = {
  'too-many-at-once': 'Trois exports sont déjà en préparation\u00a0: attendez que l’un d’eux soit prêt.',
  'too-many-kept':
    'Vous avez déjà vingt exports de moins de 24\u00a0heures\u00a0: attendez que les plus anciens s’effacent.',
} as const satisfies Record<ExportRefusal, string>

export const RIGHTS_CHANGED =
  'Vous ne pouvez plus lire l’un des RDV de ce fichier\u00a0: il n’est pas remis. Redemandez un export.'
