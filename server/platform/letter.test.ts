import { expect, test } from 'vitest'
import { buttonLink, escaped, letterHtml, paragraph } from './letter'

test('lets no sign of HTML through, in text or in an attribute', () => {
  expect(escaped(`<a href="x" title='y'>&`)).toBe('&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;')
  const html = letterHtml({
    subject: '<s>',
    heading: '<h>',
    html: paragraph('<p>') + buttonLink('<b>', 'https://x/?a="b"'),
    signature: '<i>',
  })
  expect(html).not.toMatch(/<[shi]>|<p><|<b>|"b"/)
})

test('its heading is the subject unless said otherwise', () => {
  expect(letterHtml({ subject: 'Votre lien', html: '' })).toContain('>Votre lien</h1>')
  expect(letterHtml({ subject: 'Votre lien', heading: 'Bonjour', html: '' })).toContain('>Bonjour</h1>')
})
