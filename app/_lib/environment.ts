/** Which environment these pages belong to, and what its band says. */
export const environment = () => ({ name: 'démo', isProduction: false })
