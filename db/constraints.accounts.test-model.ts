/** What the database refuses of people's own accounts, and of the contacts that open their files, for constraints.db.test.ts. */
export const ACCOUNTS_REFUSED: Record<string, string> = {
  accounts_email_folded: `update accounts set email = 'Lea@example.org'`,
  accounts_email_unique: `update accounts set email = 'same@example.org', family = null`,
  accounts_family_said: `update accounts set family = ''`,
  accounts_one_password: `update accounts set email = 'same@example.org', family = id::text, password_hash = 'x'`,
  accounts_password_by_email: `update accounts set email = null, phone_e_164 = id::text, password_hash = 'x'`,
  accounts_phone_unique: `update accounts set phone_e_164 = '+33612345678', family = null`,
  account_challenges_account_id_accounts_id_fk: `update account_challenges set account_id = 0`,
  account_challenges_link: `update account_challenges set email = 'x@example.org', phone_e_164 = null, token_hash = null`,
  account_challenges_one_contact: `update account_challenges set email = null, phone_e_164 = null`,
  account_challenges_token_unique: `update account_challenges set email = 'x@example.org', phone_e_164 = null, token_hash = 'same'`,
  usagers_email_confirmed: `update usagers set email = null, email_confirmed = true`,
  usagers_phone_confirmed: `update usagers set phone_e_164 = null, phone_confirmed = true`,
  account_challenges_tries: `update account_challenges set tries = 6`,
}
