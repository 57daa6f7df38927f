import { sql } from 'drizzle-orm'
import { check, pgTable, text, unique } from 'drizzle-orm/pg-core'
import { createdAt, id, instant } from '../columns'

/** Who runs the platform. Apart from agents: other accounts, another door, no agenda (docs/decisions/0020). */
export const superAdmins = pgTable(
  'super_admins',
  {
    id: id(),
    email: text().notNull(),
    firstName: text().notNull(),
    lastName: text().notNull(),
    passwordHash: text().notNull(),
    lastSignInAt: instant(),
    disabledAt: instant(),
    createdAt: createdAt(),
  },
  (t) => [
    unique('super_admins_email_unique').on(t.email),
    check('super_admins_email_folded', sql`${t.email} = lower(${t.email})`),
  ],
)
