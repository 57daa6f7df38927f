/** How long a territory may keep a freed slot for one person: from half an hour to a day, within what the database takes. */
export const WAITLIST_HOLDS_MIN: readonly number[] = [30, 60, 120, 240, 480, 1440]
