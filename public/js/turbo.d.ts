// What we use of it; the package itself has no types (turbo.hotwired.dev/reference/drive).
declare module '@hotwired/turbo' {
  export const config: { drive: { progressBarDelay: number } };
}
