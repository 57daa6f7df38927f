import type { HistoryLine } from '@/server/access/rules/history'
import { ROLE_CHOICES } from '@/server/access/rules/members'
import { LEVELS } from '@/server/access/rules/reach'
import { accessLevelWords, granteeWords, targetWords } from './access'
import { roleChoiceWords } from './administration'

const level = (word: string | null) => {
  const known = LEVELS.find((one) => one === word)
  return known ? accessLevelWords[known] : 'Aucun accès'
}
const role = (word: string | null) => {
  const known = ROLE_CHOICES.find((one) => one === word)
  return known ? roleChoiceWords[known].label : 'Agent'
}
const somebody = (name: string | null) => (name === null || name === '' ? 'un compte supprimé' : name)
const services = (list: string | null) => (list === null || list === '' ? 'aucun' : list)
const quoted = (name: string | null) => (name ? `«\u00a0${name}\u00a0»` : 'supprimée')

/** « Accès de Julie Delmotte à l’agenda de Claire Dubois : Écriture → Lecture avec détail »: what was changed. */
export function historyWords(line: HistoryLine): string {
  const [agent, place] = [somebody(line.agent), line.organisation ?? 'une organisation supprimée']
  switch (line.kind) {
    case 'member.invited':
      return `Invitation envoyée à ${agent}\u00a0: ${place}`
    case 'member.invitation-ended':
      return line.to === 'refused'
        ? `${agent} refuse de rejoindre ${place}`
        : `Invitation de ${agent} annulée\u00a0: ${place}`
    case 'member.joined':
      return `${agent} rejoint ${place} (${role(line.to)})`
    case 'member.left':
      return `${agent} quitte ${place}`
    case 'member.role-set':
      return `Rôle de ${agent}, ${place}\u00a0: ${role(line.from)} → ${role(line.to)}`
    case 'member.services-set':
      return `Services de ${agent}\u00a0: ${services(line.from)} → ${services(line.to)}`
    case 'member.administers-set':
      return line.to === 'true' ? `${agent} administre le territoire` : `${agent} n’administre plus le territoire`
    case 'grant.changed':
      return `${partiesWords(line)}\u00a0: ${level(line.from)} → ${level(line.to)}`
    case 'grant.copied':
      return `Accès de ${somebody(line.source)} copiés à ${agent}`
    case 'grant.copy-undone':
      return `Copie d’accès annulée pour ${agent}`
    case 'group.saved':
      return `Équipe ${quoted(line.group ?? line.to)} enregistrée${line.agents.length > 0 ? `\u00a0: ${line.agents.join(', ')}` : ''}`
    case 'territory.impersonated-writes-set':
      return line.to === 'true'
        ? 'Le support peut écrire à la place des agents du territoire'
        : 'Le support n’écrit plus à la place des agents du territoire'
    case 'group.deleted':
      return `Équipe ${quoted(line.from)} supprimée`
  }
}

function partiesWords({ grantee, target }: HistoryLine): string {
  if (!grantee || !target) return 'Accès à un agenda'
  const whose = targetWords(target) ?? `agenda de ${somebody(target.name)}`
  return `${grantee.name === '' ? 'Un compte ou une équipe supprimés' : granteeWords(grantee)}, ${whose}`
}
