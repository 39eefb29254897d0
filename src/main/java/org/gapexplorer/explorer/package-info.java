/**
 * The pages, their moving parts, and the API: a package for each thing a visitor comes for, over packages that all of them
 * share.
 *
 * <p>For visitors: {@code overview} (with the method page), {@code concept}, {@code benchmark} (with comparing them and
 * building a suite), {@code model} (with comparing two), {@code datapoint}, {@code correlation}, {@code next} (what to test
 * next), {@code prompt} (try a prompt), {@code footprint}, {@code report}, {@code change} (snapshot against snapshot),
 * {@code share} (saved views, pictures, charts as files, citations); for programs {@code api}.
 *
 * <p>Shared: {@code visit} (one request: its study, snapshot, parameters and answer), {@code problem} (what can go wrong, and
 * how it is told), {@code door} (headers and limits before any page), {@code view} (links, numbers, tables and charts that
 * templates show).
 *
 * <p>A resource answers an address: it makes a {@code ...View}, a record of numbers, words and links without any HTML, and
 * hands it to a template of {@code web/templates}, which is checked against that record when the project is built.
 */
package org.gapexplorer.explorer;
