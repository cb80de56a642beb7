// Every namespace of this language, as one chunk.
import app from "./app.json";
import audit from "./audit.json";
import errors from "./errors.json";
import grid from "./grid.json";
import meetings from "./meetings.json";
import overview from "./overview.json";
import people from "./people.json";
import player from "./player.json";
import recordings from "./recordings.json";
import settings from "./settings.json";
import shared from "./shared.json";

export default { app, audit, errors, grid, meetings, overview, people, player, recordings, settings, shared };
