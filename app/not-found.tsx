import type { Metadata } from 'next'
import { NOT_FOUND_TITLE, NotFoundPage } from './_ui/not-found-page'

export const metadata: Metadata = { title: NOT_FOUND_TITLE }

export default NotFoundPage
