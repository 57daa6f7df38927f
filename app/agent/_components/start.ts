import { one, type SearchParams } from '@/app/_lib/search'
import { civilDayField } from '@/server/kernel/fields'
import { instantMs } from '@/server/scheduling/rules/civil'

/** A day and a time as a form posts them, on the wall clocks of a zone; null when either is missing or no time. */
export function readStart(search: SearchParams, zone: string): Date | null {
  const day = civilDayField.safeParse(one(search.jour))
  const clock = /^(\d{2}):(\d{2})/.exec(one(search.heure) ?? '')
  if (!day.success || !clock) return null
  const [hours, minutes] = [Number(clock[1]), Number(clock[2])]
  return hours < 24 && minutes < 60 ? new Date(instantMs(zone, day.data, hours * 60 + minutes)) : null
}
