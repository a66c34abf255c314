// Stands in for a child's program that listens and never says anything.
process.on('message', () => {});
