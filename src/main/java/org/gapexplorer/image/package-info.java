/** The container image: what it holds is laid out in a folder, rehearsed there, and packed as an OCI archive. */
package org.gapexplorer.image;
