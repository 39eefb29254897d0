package org.gapexplorer.cli;

import picocli.CommandLine.Option;

/** Which service keeps the buckets. */
final class EndpointOption {
    @Option(
            names = "--endpoint",
            paramLabel = "URL",
            description = "An S3-compatible service other than Amazon's. Default: AWS_ENDPOINT_URL")
    String address;
}
