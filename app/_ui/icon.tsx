const PATHS = {
  search: 'M11 4a7 7 0 1 0 0 14 7 7 0 0 0 0-14Zm5 12 4 4',
  pin: 'M12 21s7-6.2 7-11.5A7 7 0 0 0 5 9.5C5 14.8 12 21 12 21Zm0-9a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z',
  phone:
    'M6 3.5h3l1.5 4.2-2 1.5a12 12 0 0 0 6.3 6.3l1.5-2 4.2 1.5v3a2 2 0 0 1-2.2 2C10.5 19.3 4.7 13.5 4 5.7a2 2 0 0 1 2-2.2Z',
  mail: 'M4 6h16v12H4V6Zm0 1 8 6 8-6',
  home: 'M4 11.5 12 4.5l8 7M6 10v9.5h4.5V14h3v5.5H18V10',
  video: 'M4 7h10v10H4V7Zm10 3.5 6-3.5v10l-6-3.5',
  clock: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM12 8v4.5l3 2',
  calendar: 'M5 6h14v14H5V6Zm0 4h14M9 3.5V7m6-3.5V7',
  grid: 'M4 5h16v14H4V5Zm0 5h16M9.3 5v14m5.4-14v14',
  overlap: 'M4 4h11v11H4V4Zm5 11v5h11V9h-5',
  repeat: 'M4 11V9.5A2.5 2.5 0 0 1 6.5 7H19m-3-3 3 3-3 3M20 13v1.5a2.5 2.5 0 0 1-2.5 2.5H5m3 3-3-3 3-3',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  warning: 'M12 4 2.8 20h18.4L12 4Zm0 6v4.5m0 2.6v.1',
  info: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17Zm0 7.5v5m0-8.1v.1',
  plus: 'M12 5v14M5 12h14',
  next: 'm9 5 7 7-7 7',
  back: 'm15 5-7 7 7 7',
  people:
    'M9 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm-6.5 8c0-3.3 2.9-5.5 6.5-5.5s6.5 2.2 6.5 5.5M16 5.2a3.5 3.5 0 0 1 0 6.1m2 3.2c2.1.8 3.5 2.6 3.5 5',
  person: 'M12 11.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Zm-7 8c0-3.3 3.1-5.5 7-5.5s7 2.2 7 5.5',
  print: 'M7 9V4h10v5M7 17H4v-6.5h16V17h-3M7 14.5h10V20H7v-5.5Z',
  wheelchair: 'M10.5 5.2v.1M10.5 8.5V14h5l2.5 5 2-1M8 11.5a5 5 0 1 0 6.2 6.5',
  bell: 'M6 16.5V11a6 6 0 1 1 12 0v5.5l1.5 1.5h-15L6 16.5Zm4 4h4',
  lock: 'M6 11h12v9H6v-9Zm2.5 0V8a3.5 3.5 0 0 1 7 0v3',
  pencil: 'M4.5 19.5v-3.6L15.9 4.5l3.6 3.6L8.1 19.5H4.5Zm9-12.6 3.6 3.6',
  external: 'M13 5h6v6m0-6-9 9M16 14v5H5V8h5',
} as const

export type IconName = keyof typeof PATHS

/** Decorative: the words beside it say the same thing. */
export function Icon({ name, className = '' }: { name: IconName; className?: string }) {
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      viewBox="0 0 24 24"
      width="20"
      height="20"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      className={className}
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
