package org.gapexplorer.catalog;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A visitor's word on a concept's label. */
@Entity
@Table(name = "label_flag")
public class LabelFlag {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    public Long id;

    /** The study's id; empty for the only study of a server. */
    @Column(nullable = false)
    public String study;

    /** Version of the snapshot whose label it is. */
    @Column(nullable = false)
    public String snapshot;

    @Column(nullable = false)
    public int concept;

    @Column(nullable = false)
    public String label;

    /** wrong or misleading. */
    @Column(nullable = false)
    public String fault;

    /** May be empty. */
    @Column(nullable = false)
    public String suggestion;

    @Column(nullable = false)
    public Instant created;

    /** accepted or dismissed; null while nobody decided. */
    public String decision;

    public Instant decided;

    @Column(name = "decided_by")
    public String decidedBy;
}
