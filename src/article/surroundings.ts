/** What an article can point at: the files of its own folder. File names are in NFC. */
export type Surroundings = {
  /** In the episode's order; `href` is the audio's address. */
  segments: { file: string; seconds: number; href: string }[];
  /** Other files that are published, by name, with their address. */
  files: Map<string, string>;
  pictures: Map<string, ArticlePicture>;
};

/** A picture that stands in the article, in the shape that it has. */
export type ArticlePicture = { src: string; width: number; height: number };
