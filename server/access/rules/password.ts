export const PASSWORD_MIN = 12
export const PASSWORD_MAX = 128

const FAULTS = ['too-short', 'too-long', 'no-upper-case', 'no-digit', 'no-special', 'too-common'] as const
export type PasswordFault = (typeof FAULTS)[number]

export const isPasswordFault = (text: string): text is PasswordFault => FAULTS.some((fault) => fault === text)

/** Words French passwords are made of; digits and signs around them do not make a secret. */
const COMMON = new Set([
  ...['azerty', 'azertyuiop', 'qwerty', 'qwertyuiop', 'qsdfghjklm', 'wxcvbn', 'abcdef', 'abcdefghijkl', 'aqwzsxedc'],
  ...[
    'motdepasse',
    'monmotdepasse',
    'nouveaumotdepasse',
    'password',
    'passe',
    'secret',
    'changeme',
    'azertymotdepasse',
  ],
  ...['bonjour', 'bienvenue', 'soleil', 'doudou', 'chouchou', 'loulou', 'jetaime', 'princesse', 'coucou', 'chocolat'],
  ...['admin', 'administrateur', 'utilisateur', 'agent', 'departement', 'conseildepartemental', 'rdvsolidarites'],
  ...['rdvterritoires', 'rendezvous', 'marseille', 'paris', 'france', 'toulouse', 'printemps', 'automne'],
])

const LOOKALIKES: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '@': 'a',
  $: 's',
}

const lettersOf = (text: string) => text.replace(/[^a-z]/g, '')

function isCommon(password: string): boolean {
  const folded = password.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  const heart = folded.replace(/^[^a-z]+|[^a-z]+$/g, '')
  const unmasked = heart.replace(/[01345@$]/g, (sign) => LOOKALIKES[sign] ?? sign)
  return [heart, unmasked].some((word) => COMMON.has(lettersOf(word))) || new Set(folded).size < 5
}

/** Everything that keeps a password from being accepted, in the order people are told. Empty when it is fine. */
export function passwordFaults(password: string): PasswordFault[] {
  const checks: readonly [PasswordFault, boolean][] = [
    ['too-short', password.length < PASSWORD_MIN],
    ['too-long', password.length > PASSWORD_MAX],
    ['no-upper-case', !/\p{Lu}/u.test(password)],
    ['no-digit', !/\p{Nd}/u.test(password)],
    ['no-special', !/[^\p{L}\p{N}]/u.test(password)],
    ['too-common', isCommon(password)],
  ]
  return checks.filter(([, isAtFault]) => isAtFault).map(([fault]) => fault)
}
