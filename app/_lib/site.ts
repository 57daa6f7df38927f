import { PRODUCT } from '@/app/_ui/brand'

/** What every page says of the site, hydrated or not. */
export const SITE = {
  name: PRODUCT,
  description: 'Prendre rendez-vous avec les services sociaux et médico-sociaux de votre département.',
  icon: '/icon.svg',
  themeColor: '#0b5563',
} as const

/** The title of the window. */
export const windowTitle = (page: string): string => `${page} · ${SITE.name}`
