// Books one slot after another until it is killed: the victim of the crash tests.
import { bookSlot } from '@/server/booking/commands/book-slot'
import { createDb } from '../client'
import { bookingQuestion, ctxFor, type BookablePlace } from './booking'

const { DATABASE_URL, PLACE } = process.env
if (!DATABASE_URL || !PLACE) throw new Error('DATABASE_URL and PLACE are missing')
const place = JSON.parse(PLACE) as BookablePlace
const { db } = createDb(DATABASE_URL, { poolSize: 8, applicationName: 'victim', prepares: true })

const SLOT_MS = 30 * 60_000
let booked = 0
const bookForever = async () => {
  for (;;) {
    const day = Math.floor(booked / 6) % 20
    const startAt = new Date(Date.UTC(2027, 2, 2 + day, 8) + (booked++ % 6) * SLOT_MS)
    await bookSlot(ctxFor(db), bookingQuestion(place, startAt))
    process.stdout.write('.')
  }
}
await Promise.all(Array.from({ length: 8 }, bookForever))
