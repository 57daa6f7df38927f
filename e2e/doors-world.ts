import { randomInt } from 'node:crypto'
import { expect } from '@playwright/test'
import { ask, someName } from './agent-house'
import { askerOf, mailed, type Clients } from './doors-house'

/** One of each thing an address may name, all of the midwife's PMI centre, made for the test and for nobody else. */
export type RealWorld = Readonly<
  Record<
    | 'territoryId'
    | 'organisationId'
    | 'serviceId'
    | 'agentId'
    | 'motifId'
    | 'lieuId'
    | 'usagerId'
    | 'rdvId'
    | 'nextRdvId'
    | 'participationId'
    | 'absenceId'
    | 'openingId'
    | 'exportId'
    | 'filterId'
    // Invited by the admin, never came: what is done to them is done to nobody's work.
    | 'memberId'
    | 'otherMemberId'
    | 'grantId'
    | 'groupId'
    | 'copyId',
    number
  > & { usager: string; linkToken: string; startAt: string }
>

type Value<T> = { ok: boolean; value: T }
type Place = { organisationId: number; territoryId: number; organisation: string }
type Motif = { id: number; organisationId: number; serviceId: number; locationType: string }
type Grant = { grantId: number; level: string; grantee: { kind: string } }

const PLACE = 'Centre PMI de Béthune'
const WEEK_MS = 7 * 86_400_000
const DAY_MS = 86_400_000
const dayOf = (at: Date) => at.toISOString().slice(0, 10)

export async function realWorld(clients: Clients): Promise<RealWorld> {
  const [owner, admin, territoryAdmin] = (['owner', 'admin', 'territory admin'] as const).map((actor) =>
    askerOf(clients, actor),
  ) as [ReturnType<typeof askerOf>, ReturnType<typeof askerOf>, ReturnType<typeof askerOf>]
  const change = async <T>(who: typeof owner, procedure: string, input: object): Promise<T> => {
    const outcome = await ask<Value<T>>(who, procedure, 'mutation', input)
    expect(outcome.ok, `${procedure}: ${JSON.stringify(outcome)}`).toBe(true)
    return outcome.value
  }

  const me = await ask<{ agentId: number; places: Place[] }>(owner, 'access.me', 'query', {})
  const { organisationId, territoryId } = me.places.find(({ organisation }) => organisation === PLACE)!
  const { agentId } = me
  const motifs = await ask<Motif[]>(owner, 'booking.listPlaceableMotifs', 'query', { agentId })
  const { id: motifId, serviceId } = motifs.find(
    (motif) => motif.organisationId === organisationId && motif.locationType === 'public_office',
  )!
  const asked = { motifId, agentIds: [agentId], usagerIds: [] }
  const { lieux } = await ask<{ lieux: { id: number }[] }>(owner, 'booking.getPlacement', 'query', asked)
  const lieuId = lieux[0]!.id

  const usager = someName()
  const email = `${usager.toLowerCase()}@example.org`
  const file = { organisationId, responsibleId: null, acknowledged: [] }
  const answers = { firstName: 'Aimée', lastName: usager, email }
  const { usagerId } = await change<{ usagerId: number }>(owner, 'people.createUsager', { ...file, answers })

  // In the small hours of years when nobody of the demo receives.
  const start = new Date(Date.UTC(2029, 4, 1 + randomInt(60), 1, 5 * randomInt(12)))
  const acknowledged = ['past', 'overlap', 'absent', 'elsewhere', 'gap', 'same-day', 'no-shows']
  const { rdvId } = await change<{ rdvId: number }>(owner, 'booking.createSeries', {
    ...{ motifId, lieuId, agentIds: [agentId], usagerIds: [usagerId] },
    dates: [start, new Date(start.getTime() + WEEK_MS)].map((startAt) => ({ startAt, acknowledged })),
  })
  const series = await ask<{ rdvs: { rdvId: number }[] }>(owner, 'booking.getSeries', 'query', { rdvId })
  const rdv = await ask<{ people: { participationId: number }[] }>(owner, 'booking.getRdv', 'query', { rdvId })

  const planning = { agentIds: [agentId], target: null, rrule: null, known: null }
  const firstDay = dayOf(new Date(Date.UTC(2029, 7, 1) + randomInt(120) * DAY_MS))
  const { ids: absences } = await change<{ ids: number[] }>(owner, 'booking.saveAbsence', {
    ...planning,
    ...{ kind: 'leave', title: someName(), color: null, firstDay, startMin: 0, lastDay: firstDay, endMin: 60 },
  })
  const { ids: openings } = await change<{ ids: number[] }>(owner, 'booking.saveOpening', {
    ...planning,
    ...{ organisationId, lieuId, motifIds: [motifId], title: someName() },
    ...{ firstDay, startMin: 1300, endMin: 1420, onHolidays: true },
  })
  const { filterId } = await change<{ filterId: number }>(owner, 'lists.saveFilter', {
    ...{ name: someName(), query: {}, isDefault: false },
  })

  const invited = { organisationId, firstName: 'Ines', role: 'basic', serviceIds: [serviceId], attaches: false }
  const [memberId, otherMemberId] = (await Promise.all(
    [someName(), someName()].map(async (lastName) => {
      const person = { ...invited, lastName, email: `${lastName.toLowerCase()}@example.org` }
      return (await change<{ agentId: number }>(admin, 'administration.inviteAgent', person)).agentId
    }),
  )) as [number, number]
  const { on } = await ask<{ on: Grant[] }>(territoryAdmin, 'rights.getAccesses', 'query', {
    ...{ agentId: memberId, territoryId },
  })
  const { grantId } = on.find(({ level, grantee }) => level === 'write' && grantee.kind === 'colleagues')!
  const { groupId } = await change<{ groupId: number }>(territoryAdmin, 'rights.saveGroup', {
    ...{ territoryId, groupId: null, name: someName(), agentIds: [memberId] },
  })
  const copyId = await copyOf(territoryAdmin, change, { territoryId, memberId, otherMemberId })

  return {
    ...{ territoryId, organisationId, serviceId, agentId, motifId, lieuId, usagerId, rdvId, filterId, groupId, copyId },
    ...{ memberId, otherMemberId, grantId, usager, startAt: `${start.toISOString().slice(0, 16)}Z` },
    nextRdvId: series.rdvs.find((one) => one.rdvId !== rdvId)!.rdvId,
    participationId: rdv.people[0]!.participationId,
    absenceId: absences[0]!,
    openingId: openings[0]!,
    exportId: await exportOf(owner, change, dayOf(start)),
    linkToken: await mailed(clients.anonymous, email, /\/r\/([\w-]{20})/),
  }
}

type Change = <T>(who: ReturnType<typeof askerOf>, procedure: string, input: object) => Promise<T>

/** Leaves the demo without what was made, but for what is in nobody's way. */
export async function leaveWorld(clients: Clients, world: RealWorld): Promise<void> {
  const { absenceId, openingId, organisationId, usager, otherMemberId } = world
  const [owner, admin] = [askerOf(clients, 'owner'), askerOf(clients, 'admin')]
  const [absence, opening] = await Promise.all([
    ask<{ firstDay: string }>(owner, 'scheduling.getAbsence', 'query', { absenceId }),
    ask<{ firstDay: string }>(owner, 'scheduling.getOpening', 'query', { openingId }),
  ])
  const whole = { version: 1, scope: 'all' }
  const target = { ...whole, id: absenceId, day: absence.firstDay }
  await ask(owner, 'scheduling.deleteAbsence', 'mutation', { target })
  const openingTarget = { ...whole, id: openingId, day: opening.firstDay }
  await ask(owner, 'booking.deleteOpening', 'mutation', { target: openingTarget, known: null })
  const search = { organisationId, search: `prise.${usager}`, page: 1 }
  const { members } = await ask<{ members: { agentId: number }[] }>(
    admin,
    'administration.listMembers',
    'query',
    search,
  )
  for (const agentId of [otherMemberId, ...members.map((member) => member.agentId)])
    await ask(admin, 'booking.removeAgent', 'mutation', { organisationId, agentId, acknowledged: [] })
}

/** A file the worker has written. */
async function exportOf(owner: ReturnType<typeof askerOf>, change: Change, day: string): Promise<number> {
  const any = { agentId: 'any', organisationId: 'any', motifId: 'any', lieuId: 'any', statuses: 'any', author: 'any' }
  const filter = { ...any, fromDay: day, toDay: day, person: '', sort: 'start', direction: 'asc' }
  const { exportId } = await change<{ exportId: number }>(owner, 'lists.askExport', { format: 'csv', filter })
  await expect(async () => {
    const all = await ask<{ id: number; state: string }[]>(owner, 'lists.listExports', 'query', {})
    expect(all.find(({ id }) => id === exportId)?.state).toBe('done')
  }).toPass({ timeout: 20_000, intervals: [200, 500] })
  return exportId
}

/** A copy of accesses that may still be undone: of what one newcomer sees, to another. */
async function copyOf(
  territoryAdmin: ReturnType<typeof askerOf>,
  change: Change,
  { territoryId, memberId, otherMemberId }: Pick<RealWorld, 'territoryId' | 'memberId' | 'otherMemberId'>,
): Promise<number> {
  const { agentId } = await ask<{ agentId: number }>(territoryAdmin, 'access.me', 'query', {})
  await change(territoryAdmin, 'rights.createGrant', {
    ...{ territoryId, level: 'busy', organisationIds: 'any', serviceIds: 'any' },
    grantee: { kind: 'agent', agentId: memberId },
    target: { kind: 'agent', agentId },
  })
  const copy = { territoryId, fromAgentId: memberId, toAgentId: otherMemberId, mode: 'add' }
  const { mark } = await ask<{ mark: string }>(territoryAdmin, 'rights.previewCopy', 'query', copy)
  await change(territoryAdmin, 'rights.copyAccesses', { ...copy, seen: mark })
  const undoable = await ask<number | null>(territoryAdmin, 'rights.findUndoableCopy', 'query', {
    agentId: otherMemberId,
  })
  expect(undoable).not.toBeNull()
  return undoable!
}
