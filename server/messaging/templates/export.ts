import { EXPORT_KEPT_HOURS, type ExportFormat } from '@/server/booking/rules/exports'
import { formatDateTime } from '@/server/kernel/dates'
import type { ReadyExport } from '../queries/ready-exports'
import { toldLetter } from './letter'

const FORMATS = {
  csv: 'Liste de RDV, en CSV',
  xlsx: 'Liste de RDV, pour tableur (XLSX)',
  pdf: 'Convocations, en PDF',
  'pdf-large': 'Convocations en gros caractères, en PDF',
} as const satisfies Record<ExportFormat, string>

const NUMBER = new Intl.NumberFormat('fr')

/** That a file is ready: where to take it, once signed in, and until when. Of whom it is, nothing. */
export const exportMailOf = ({ format, rowCount, expiresAt, zone }: ReadyExport, appUrl: string) =>
  toldLetter({
    subject: 'Votre export est prêt',
    heading: 'Votre export est prêt',
    intro: 'Bonjour,',
    lines: [
      ['Fichier', FORMATS[format]],
      ['RDV', NUMBER.format(rowCount)],
      ['Gardé jusqu’au', `${formatDateTime(expiresAt, zone)}, soit ${EXPORT_KEPT_HOURS}\u00a0heures`],
    ],
    notes: ['Il s’ouvre depuis votre compte, et il est effacé ensuite.'],
    link: { words: 'Prendre le fichier', url: `${appUrl}/agent/rdvs/exports` },
    because: 'Vous recevez cet e-mail parce que vous avez demandé ce fichier et ne l’avez pas encore pris.',
  })
