/** The files of its own folder that an article can link to. File names are in NFC. */
export type Surroundings = {
  /** In the episode's order; `href` is the audio's address. */
  segments: { file: string; seconds: number; href: string }[];
  /** Other files that are published, by name, with their address. */
  files: Map<string, string>;
  pictures: Map<string, ArticlePicture>;
};

/** A picture of the article, in its own shape. */
export type ArticlePicture = { src: string; width: number; height: number };
