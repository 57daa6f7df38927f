import { expect, test } from 'vitest'
import { isFromPagesOf, PAGE_COOKIE } from './our-pages'

const HOSTS = ['rdv.example.fr', null]
const posted = { path: '/connexion/entrer', site: null, origin: null, cookie: null }
const withPage = `other=1; ${PAGE_COOKIE}=oui`

test.each([
  ['from our page', { site: 'same-origin', origin: 'null' }, true],
  ['from another site', { site: 'cross-site', origin: 'https://rdv.example.fr' }, false],
  ['from another site of the same domain', { site: 'same-site' }, false],
  ['from our origin', { origin: 'https://rdv.example.fr' }, true],
  ['from another origin', { origin: 'https://evil.example' }, false],
  ['from rubbish', { origin: 'rubbish' }, false],
  ['from nobody knows where, to open a session', { origin: 'null' }, false],
  ['the same, by the button of a link', { origin: 'null', path: '/connexion/lien/ouvrir' }, false],
  ['the same, by a person’s password', { origin: 'null', path: '/mes-rdv/connexion/mot-de-passe' }, false],
  ['the same, by the button of their link', { origin: 'null', path: '/mes-rdv/lien/ouvrir' }, false],
  ['the same, by their code', { origin: 'null', path: '/mes-rdv/code/verifier' }, false],
  ['the same, by their name', { origin: 'null', path: '/mes-rdv/nom/dire' }, false],
  ['the same, with the cookie of their page', { origin: 'null', path: '/mes-rdv/lien/ouvrir', cookie: withPage }, true],
  ['the same, with another cookie', { origin: 'null', cookie: `x${PAGE_COOKIE}=oui` }, false],
  ['the same, with the cookie of our page', { origin: 'null', cookie: withPage }, true],
  ['another site’s, with the cookie of our page', { origin: 'https://evil.example', cookie: withPage }, false],
  ['from nobody knows where, to open no session', { origin: 'null', path: '/connexion/sortir' }, true],
  ['from what is no browser', {}, true],
])('a form %s', (_, given, isOurs) => expect(isFromPagesOf(HOSTS, { ...posted, ...given })).toBe(isOurs))
