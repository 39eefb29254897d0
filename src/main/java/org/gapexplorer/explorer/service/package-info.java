/**
 * The explorer as a service: what its operator sees of it (metrics, traces, logs), and what bounds it (how much at once, for
 * how long, for whom).
 */
package org.gapexplorer.explorer.service;
