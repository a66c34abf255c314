/** Another process held the catalogue's write lock for longer than a writer waits. */
export class CatalogueBusy extends Error {
  override name = 'CatalogueBusy';
}

/** A catalogue file that cannot be used: damaged, or made by a newer version. Treated as absent by those who open it. */
export class CatalogueUnusable extends Error {
  override name = 'CatalogueUnusable';
}

/** The catalogue was asked to write after it had been opened for reading only. */
export class CatalogueReadOnly extends Error {
  override name = 'CatalogueReadOnly';
}
