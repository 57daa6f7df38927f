/**
 * Suggests communes under the first question as one types: WAI-ARIA's combobox with a list. The form works the
 * same without it. Loaded by the two pages that hold the field, and weighed in the bench.
 */
type Suggestion = { name: string; facts: string; href: string }

const PAUSE_MS = 150
const MIN_LENGTH = 2
/** A number and something else: a whole address, which is nobody's business before it is sent. */
const ADDRESS = /\d.*[^\d\s]|[^\d\s].*\d/

const OPTION =
  'cursor-pointer rounded-card px-3.5 py-2.5 hover:bg-accent-soft aria-selected:bg-accent aria-selected:text-white aria-selected:hover:bg-accent'
/**
 * In the flow, under the button: between the field and it, or over it, the list would take the button away from the
 * finger about to press it, and the press would be lost.
 */
const LIST = 'mt-2 rounded-card border-[1.5px] border-line-strong bg-card p-1'
const MAX_SHOWN = 5

function make<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, className: string, text = '') {
  const element = document.createElement(tag)
  element.className = className
  element.textContent = text
  return element
}

function suggest(input: HTMLInputElement, place: Element, source: string): void {
  const list = make('ul', LIST)
  list.id = `${input.id}-liste`
  list.setAttribute('role', 'listbox')
  list.setAttribute('aria-label', 'Communes proposées')
  list.hidden = true
  const said = make('p', 'sr-only')
  said.setAttribute('role', 'status')
  place.append(list, said)
  const facts = { role: 'combobox', 'aria-autocomplete': 'list', 'aria-controls': list.id, 'aria-expanded': 'false' }
  for (const [name, value] of Object.entries(facts)) input.setAttribute(name, value)

  let shown: readonly Suggestion[] = []
  let chosen = -1
  let timer = 0
  let asking = new AbortController()

  const show = (suggestions: readonly Suggestion[]) => {
    shown = suggestions
    chosen = -1
    input.removeAttribute('aria-activedescendant')
    input.setAttribute('aria-expanded', String(suggestions.length > 0))
    list.hidden = suggestions.length === 0
    list.replaceChildren(
      ...suggestions.map((suggestion, index) => {
        const option = make('li', OPTION)
        option.id = `${list.id}-${index}`
        option.setAttribute('role', 'option')
        option.setAttribute('aria-selected', 'false')
        option.append(make('span', 'block font-bold', suggestion.name), make('span', 'block', suggestion.facts))
        option.addEventListener('click', () => location.assign(suggestion.href))
        return option
      }),
    )
  }
  const choose = (index: number) => {
    chosen = (index + shown.length) % shown.length
    for (const [i, option] of [...list.children].entries()) option.setAttribute('aria-selected', String(i === chosen))
    input.setAttribute('aria-activedescendant', `${list.id}-${chosen}`)
    list.children[chosen]?.scrollIntoView({ block: 'nearest' })
  }
  const forget = () => {
    clearTimeout(timer)
    asking.abort()
    show([])
    said.textContent = ''
  }
  const ask = async () => {
    const typed = input.value.trim()
    forget()
    if (typed.length < MIN_LENGTH || ADDRESS.test(typed)) return
    asking = new AbortController()
    const { signal } = asking
    try {
      const answer = await fetch(`${source}?${new URLSearchParams({ q: typed })}`, { signal })
      if (!answer.ok) return
      const suggestions = (await answer.json()) as Suggestion[]
      if (signal.aborted) return
      show(suggestions.slice(0, MAX_SHOWN))
      const count = shown.length
      said.textContent =
        count === 0
          ? 'Aucune commune proposée'
          : `${count} commune${count > 1 ? 's proposées' : ' proposée'}, flèche bas pour choisir`
    } catch {
      // A poor network, or a question already replaced by the next: the button still searches.
    }
  }

  input.addEventListener('input', () => {
    clearTimeout(timer)
    timer = window.setTimeout(() => void ask(), PAUSE_MS)
  })
  input.addEventListener('keydown', (event) => {
    const suggestion = shown[chosen]
    if (event.key === 'Escape' && shown.length > 0) forget()
    else if (event.key === 'ArrowDown' && shown.length > 0) choose(chosen + 1)
    else if (event.key === 'ArrowUp' && shown.length > 0) choose(chosen < 0 ? -1 : chosen - 1)
    else if (event.key === 'Enter' && suggestion) location.assign(suggestion.href)
    else return
    event.preventDefault()
  })
  // Tab leaves nothing behind; a finger or a mouse on the way to an option, or to the button, finds both where they were.
  input.addEventListener('keydown', ({ key }) => key === 'Tab' && forget())
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-communes]')) {
  const input = form.querySelector<HTMLInputElement>('input[name=q]')
  const place = form.querySelector('[data-suggestions]')
  if (input && place) suggest(input, place, form.dataset.communes ?? '')
}
