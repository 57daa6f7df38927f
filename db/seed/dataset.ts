import { makeAbsences } from './absences'
import { makeAgents } from './agents'
import { addSecondAgents, bringDoubles, makeDemoDay, makeRdvs } from './booking'
import { bookingRows, membershipRows, referentRows } from './booking-rows'
import { localTime } from './calendar'
import { makeCollectiveRdvs } from './collective'
import { isDemoAgent, planDemoAgent } from './demo-agent'
import { grantRows } from './grants'
import { makeHistory } from './history'
import { makeMotifs } from './motifs'
import { addExceptions, openingRows, planOpenings, startPlanning } from './openings'
import { createPicker } from './people-picker'
import { createRandom } from './random'
import { sessionsOf } from './rdvs'
import { makeTerritories } from './territories'
import { makeUsagers } from './usagers'

const RDVS = 6000

/** Everything the demo shows, from the clock alone: the same `now` gives the same rows. */
export function makeDataset(now: Date) {
  const { day: today } = localTime('Europe/Paris', now)
  // One source of chance a topic: enriching one leaves the others as they were.
  const territories = makeTerritories(createRandom(62))
  const { organisations, lieux } = territories
  const { motifs, rows: motifRows } = makeMotifs(organisations)
  const { agents, rows: agentRows } = makeAgents(createRandom(60), organisations, today)
  const {
    usagers,
    doubles,
    rows: usagerRows,
  } = makeUsagers(createRandom(3000), [...new Set(organisations.map(({ territory }) => territory))], today)

  const planning = startPlanning(agents)
  const demoAgent = agents.find(isDemoAgent)
  if (!demoAgent) throw new Error('the demo has lost its agent')
  planDemoAgent(planning, demoAgent, { motifs, lieux, now, today })
  planOpenings(createRandom(80), planning, { lieux, motifs, today })
  const absences = makeAbsences(createRandom(81), planning, today)
  addExceptions(createRandom(82), planning, today)

  const workshopRandom = createRandom(974)
  const workshops = makeCollectiveRdvs(workshopRandom, {
    now,
    today,
    motifs,
    lieux,
    planning,
    away: absences.away,
    pickUsager: createPicker(workshopRandom, usagers, today),
  })
  const sessions = sessionsOf(planning.openings, today, absences.away)
  const setting = { now, today, agents, usagers }
  const demoSession = sessions.find(
    ({ opening }) => opening.agent === demoAgent && opening.rule === null && opening.firstDay === today,
  )
  const demoDay = demoSession ? makeDemoDay(createRandom(7), demoSession, setting) : []
  const others = makeRdvs(createRandom(6000), sessions, RDVS - workshops.length - demoDay.length, setting)
  const rdvs = [...workshops, ...demoDay, ...others]
  bringDoubles(rdvs, doubles, now)
  addSecondAgents(createRandom(83), rdvs, agents, absences.away)
  const booked = bookingRows(rdvs)

  return {
    today,
    sessions,
    bookings: rdvs,
    rows: {
      ...territories.rows,
      ...motifRows,
      ...agentRows,
      grants: grantRows(organisations, agents),
      ...usagerRows,
      ...openingRows(planning.openings),
      ...absences.rows,
      ...booked.rows,
      ...makeHistory(createRandom(84), demoAgent, {
        numbered: booked.numbered,
        participations: booked.rows.participations,
      }),
      referents: referentRows(rdvs),
      usagerOrganisations: membershipRows(rdvs, [...usagers, ...doubles]),
    },
  }
}
