package org.gapexplorer.explorer.view;

import java.util.List;

/**
 * What hands a view on to others.
 *
 * @param link this view's whole address, pinned to the snapshot's version
 * @param description the view in a sentence or two, with its first numbers
 * @param picture whole address of the picture that a link preview shows
 * @param citation BibTeX
 * @param frame HTML that puts the view into another page
 * @param terms how long a saved view may last
 */
public record Share(
        String link, String description, String picture, String citation, String frame, List<Controls.Option> terms) {}
