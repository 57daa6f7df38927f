// Dates and times are written for people in one place, shared with the messages.
export * from '@/server/kernel/dates'
