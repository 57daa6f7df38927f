import { tunnelNoticeWords, type TunnelNotice } from '@/app/_words/booking'
import type { TunnelRecap } from '@/server/booking/rules/tunnel'
import { hasInstructions } from '@/server/directory/rules/motif'
import { startParameter, tunnelSchema, type TunnelQuery } from '@/server/booking/schema'

/** The public steps, in order, and what each one's URL keeps of the answers before it. */
export const STEP_COUNT = 7
const ADDRESS = ['commune', 'lat', 'lon'] as const
const SERVICE = [...ADDRESS, 'service'] as const
const MOTIF = [...SERVICE, 'motif', 'consignes'] as const
const PLACE = [...MOTIF, 'lieu', 'organisation'] as const
const SLOT = [...PLACE, 'creneau'] as const

const KEEPS = {
  service: ADDRESS,
  motif: SERVICE,
  consignes: [...SERVICE, 'motif'],
  lieu: MOTIF,
  creneau: [...PLACE, 'du'],
  prevenir: PLACE,
  coordonnees: SLOT,
} as const satisfies Record<string, readonly (keyof TunnelQuery)[]>
export type Step = keyof typeof KEEPS

/** Steps passed over because they had one answer: `seul=service.lieu` in the URL, a word in the recap. */
const SKIPPABLE = ['service', 'motif', 'lieu'] as const
export type Skippable = (typeof SKIPPABLE)[number]

export type TunnelParams = Partial<Record<Exclude<keyof TunnelQuery, 'consignes'>, string>> & { consignes?: 'lues' }

export type Tunnel = {
  /** The answers that make sense, as the URL writes them. */
  params: TunnelParams
  skipped: readonly Skippable[]
  notice: TunnelNotice | null
  /** What was typed in a search box. */
  typed: string
}

const KEYS = tunnelSchema.keyof().options

const isNotice = (key: string | undefined): key is TunnelNotice =>
  key !== undefined && Object.hasOwn(tunnelNoticeWords, key)

/** Reads a URL's or a form's parameters; what makes no sense is treated as absent. */
export function tunnelFrom(given: Readonly<Record<string, string | string[] | undefined>>): Tunnel {
  const one = (key: string) => {
    const value = given[key]
    return Array.isArray(value) ? value[0] : value
  }
  const parsed = tunnelSchema.parse(Object.fromEntries(KEYS.map((key) => [key, one(key) || undefined])))
  const params: TunnelParams = {}
  for (const key of KEYS) {
    const value = parsed[key]
    if (value === undefined) continue
    if (key === 'consignes') params.consignes = 'lues'
    else params[key] = value instanceof Date ? startParameter(value) : String(value)
  }
  const marks = one('seul')?.split('.') ?? []
  const notice = one('avis')
  return {
    params,
    skipped: SKIPPABLE.filter((step) => marks.includes(step)),
    notice: isNotice(notice) ? notice : null,
    typed: (one('q') ?? '').trim().slice(0, 200),
  }
}

/** The answers a step stands on, and nothing later. */
export const paramsBefore = (step: Step, params: TunnelParams): TunnelParams =>
  Object.fromEntries(KEEPS[step].flatMap((key) => (params[key] === undefined ? [] : [[key, params[key]]])))

type Changes = TunnelParams & { seul?: readonly Skippable[]; avis?: TunnelNotice }

/** The address of a step, with the answers it needs and nothing later. */
export function stepHref(step: Step, tunnel: Pick<Tunnel, 'params' | 'skipped'>, changes: Changes = {}): string {
  const { seul = [], avis, ...answers } = changes
  const url = new URLSearchParams(paramsBefore(step, { ...tunnel.params, ...answers }))
  const order: readonly string[] = Object.keys(KEEPS)
  const marks = [...tunnel.skipped, ...seul].filter((mark) => order.indexOf(mark) < order.indexOf(step))
  if (marks.length > 0) url.set('seul', [...new Set(marks)].join('.'))
  if (avis) url.set('avis', avis)
  return `/prendre-rdv/${step}?${url.toString().replaceAll('%3A', ':')}`
}

/** The instructions again, from a later step: every answer stays in the URL. */
export function instructionsHref(tunnel: Pick<Tunnel, 'params' | 'skipped'>): string {
  const url = new URLSearchParams(tunnel.params)
  if (tunnel.skipped.length > 0) url.set('seul', tunnel.skipped.join('.'))
  return `/prendre-rdv/consignes?${url.toString().replaceAll('%3A', ':')}`
}

/** Where to go instead, when an answer that `step` stands on is missing; null when all is there. */
export function missingBefore(step: Step, tunnel: Tunnel, recap: TunnelRecap): string | null {
  if (!recap.motif) return stepHref('motif', tunnel)
  if (step === 'consignes') return null
  if (hasInstructions(recap.motif) && tunnel.params.consignes !== 'lues') return stepHref('consignes', tunnel)
  if (step === 'lieu') return null
  if (!recap.place) return stepHref('lieu', tunnel)
  if (step === 'creneau' || step === 'prevenir') return null
  return recap.startAt ? null : stepHref('creneau', tunnel)
}

/** The furthest step these answers open. */
export function furthestStep(tunnel: Tunnel): Step {
  const { lieu, organisation, creneau } = tunnel.params
  if (lieu === undefined && organisation === undefined) return 'lieu'
  return creneau === undefined ? 'creneau' : 'coordonnees'
}

/** The same answers, from a draft instead of a URL. */
export function tunnelOfRecap(recap: TunnelRecap): Tunnel {
  const { commune, service, motif, place, startAt } = recap
  return {
    params: {
      commune: commune.code,
      ...(motif ? { service: String(motif.serviceId), motif: motif.key, consignes: 'lues' } : {}),
      ...(!motif && service ? { service: String(service.id) } : {}),
      ...(place && { [place.kind]: String(place.id) }),
      ...(startAt && { creneau: startParameter(startAt) }),
    },
    skipped: [],
    notice: null,
    typed: '',
  }
}
