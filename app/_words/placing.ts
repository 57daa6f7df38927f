import { formatDuration, formatTime } from '@/app/_lib/dates'
import { formatPhone } from '@/app/_ui/phone-link'
import type { CreateRefusal } from '@/server/booking/rules/placing'
import type { RescheduleRefusal } from '@/server/booking/rules/reschedule'
import { MAX_TITLE_LENGTH, type TitleRefusal } from '@/server/booking/rules/session-title'
import type { Warning } from '@/server/booking/rules/warnings'
import type { FieldError } from '@/server/people/rules/fields'
import type { UsagerField, UsagerRefusal } from '@/server/people/rules/new-usager'
import type { FoundUsager } from '@/server/people/rules/usager-views'
import { bornWords } from './agent'

type Names = { agentOf: (agentId: number) => string; usagerOf: (usagerId: number) => string; zone: string }

/** A warning as a sentence that says what is known. */
export function warningWords(warning: Warning, { agentOf, usagerOf, zone }: Names): string {
  switch (warning.kind) {
    case 'past':
      return 'Cet horaire est déjà passé.'
    case 'overlap':
      return `${agentOf(warning.agentId)} a déjà un RDV à cette heure\u00a0: les deux se chevaucheront.`
    case 'held':
      return `Ce créneau de ${agentOf(warning.agentId)} est gardé jusqu’à ${formatTime(warning.untilAt, zone)} pour une personne en attente : elle le perdra.`
    case 'absent':
      return `${agentOf(warning.agentId)} a une absence à cette heure.`
    case 'elsewhere':
      return warning.placeName === null
        ? `${agentOf(warning.agentId)} reçoit dans un autre lieu à cette heure.`
        : `${agentOf(warning.agentId)} reçoit ailleurs à cette heure\u00a0: ${warning.placeName}.`
    case 'gap':
      return `${agentOf(warning.agentId)} garde un trou de ${formatDuration(warning.gapMin)} avant ce RDV.`
    case 'same-day':
      return `${usagerOf(warning.usagerId)} a déjà un RDV pour ce motif ce jour-là, à ${formatTime(warning.startAt, zone)}.`
    case 'no-shows':
      return warning.count === 1
        ? `${usagerOf(warning.usagerId)} a une absence non excusée.`
        : `${usagerOf(warning.usagerId)} a ${warning.count} absences non excusées.`
  }
}

export const createRefusalWords = {
  overlap:
    'Un autre RDV vient d’être placé à cette heure. Voici ce qu’il en est\u00a0: confirmez, ou changez d’horaire.',
  'to-confirm': 'La situation a changé entre-temps. Relisez les avertissements, puis confirmez.',
  'agent-missing': 'Choisissez au moins un agent.',
  'agent-elsewhere':
    'L’un des agents n’est plus de cette organisation, ou vous n’écrivez pas sur son agenda. Choisissez-en un autre.',
  'person-missing': 'Choisissez au moins une personne.',
  'no-such-person': 'L’une des fiches n’existe plus dans ce territoire. Cherchez la personne à nouveau.',
  'place-missing': 'Choisissez un lieu ouvert.',
  'address-missing': 'Indiquez l’adresse où l’agent doit venir.',
  'phone-missing':
    'Ce RDV se passe par téléphone, et personne n’a de numéro\u00a0: complétez la fiche, ou changez de motif.',
  'contact-missing':
    'Ce RDV se passe en visioconférence, et personne n’a de mobile ni d’e-mail où envoyer le lien\u00a0: complétez la fiche, ou changez de motif.',
  'bad-time': 'Cet horaire est trop loin\u00a0: au plus cinq ans d’avance.',
  'date-missing': 'Cochez au moins une date.',
} satisfies Record<CreateRefusal, string>

export const rescheduleRefusalWords = {
  overlap: createRefusalWords.overlap,
  'to-confirm': createRefusalWords['to-confirm'],
  'agent-missing': createRefusalWords['agent-missing'],
  'agent-elsewhere': createRefusalWords['agent-elsewhere'],
  'place-missing': createRefusalWords['place-missing'],
  'bad-time': createRefusalWords['bad-time'],
  'changed-meanwhile':
    'Quelqu’un vient de modifier ce RDV. Le voici tel qu’il est maintenant : relisez, puis confirmez.',
  'not-open': 'Ce RDV vient de recevoir un statut : il ne se déplace plus.',
} satisfies Record<RescheduleRefusal, string>

export const titleRefusalWords = {
  'changed-meanwhile': 'Quelqu’un vient de modifier cette séance. Relisez, puis enregistrez.',
  'not-open': 'Cette séance a un statut\u00a0: effacez-le d’abord pour changer son intitulé.',
  'not-collective': 'Seule une séance collective porte un intitulé. Ce RDV est individuel.',
} satisfies Record<TitleRefusal, string>

/** What is wrong with a title, as a sentence; undefined when nothing is. */
export const titleFaultWords = (fault: string | undefined): string | undefined =>
  fault && `Cet intitulé est trop long\u00a0: ${MAX_TITLE_LENGTH}\u00a0caractères au plus.`

export const usagerFieldWords = {
  firstName: 'Prénom',
  lastName: 'Nom',
  bornOn: 'Date de naissance',
  phone: 'Téléphone',
  email: 'Adresse e-mail',
  address: 'Adresse',
} satisfies Record<UsagerField, string>

export const fieldErrorWords = {
  missing: 'à remplir',
  'too-long': 'c’est trop long',
  'not-a-name': 'seulement des lettres, des espaces, des tirets et des apostrophes',
  'not-an-email': 'adresse incomplète. Exemple\u00a0: prenom.nom@exemple.fr',
  'not-a-phone': 'ce numéro n’existe pas. Exemple\u00a0: 06\u00a012\u00a034\u00a056\u00a078',
  'contact-missing': 'il manque un contact',
  'not-a-mobile': 'ce n’est pas un mobile',
  'not-a-day': 'cette date n’existe pas',
  'in-the-future': 'cette date est dans le futur',
  'too-old': 'vérifiez l’année',
} satisfies Record<FieldError, string>

/** « Prénom : à remplir ». */
export const usagerErrorWords = (field: UsagerField, error: FieldError): string =>
  `${usagerFieldWords[field]}\u00a0: ${fieldErrorWords[error]}`

export const usagerRefusalWords = {
  'invalid-fields': 'Vérifiez le numéro de téléphone\u00a0: il n’existe pas.',
  'email-taken': 'Une fiche du territoire porte déjà cette adresse e-mail. Choisissez-la, ou retirez l’adresse.',
  'maybe-known': 'Cette personne a peut-être déjà une fiche.',
  'no-such-responsible': 'La fiche du responsable n’existe plus.',
} satisfies Record<UsagerRefusal, string>

/** What tells two people of one name apart. */
export function usagerFacts({ born, phone, email, responsible, isMasked }: FoundUsager): string[] {
  return [
    born && (isMasked ? `Année de naissance\u00a0: ${born}` : bornWords(born)),
    responsible && `Responsable\u00a0: ${responsible.firstName} ${responsible.lastName}`,
    phone && formatPhone(phone),
    email,
  ].filter((fact) => fact !== null)
}
