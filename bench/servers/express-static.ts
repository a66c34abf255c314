/** The peer: Express with its own static files, on a free port that it prints. */
import express from 'express';

const app = express();
app.use(express.static(process.env.DATA ?? '.'));
const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (address !== null && typeof address === 'object') console.log(address.port);
});
process.once('SIGTERM', () => {
  server.close();
  server.closeAllConnections();
});
