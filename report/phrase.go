package report

// phrase is a key of the catalogue for what no code of package match names.
type phrase uint16

// The phrases. phraseField titles come in the order of shownFields.
const (
	phraseKota phrase = iota
	phraseKecamatan
	phraseKelurahan
	phraseAreaCode

	phraseFile
	phraseSheet
	phraseRow
	phraseNIK
	phraseKK
	phraseName
	phraseBirthPlace
	phraseBirthDate
	phraseSex
	phraseRelation
	phraseMother
	phraseAddress
	phraseRT
	phraseRW
	phraseRawKelurahan
	phraseRawKecamatan
	phraseCentralID
	phraseStatus

	phraseRule
	phraseWeight
	phraseProbability
	phraseEvidence
	phraseLevel
	phraseReason
	phraseExplanation
	phraseAction
	phraseNumber
	phraseKind
	phraseSeverity
	phraseSide
	phraseProposed
	phraseContent

	phraseCentral
	phraseRegional
	phraseDuplicate // the record set aside
	phraseKept      // the record that stands for it

	phraseNIKPosition // after the level: the position of the wrong digit
	phraseNIKSwapped  // in place of the level: two positions
	phraseNIKLost     // in place of the level: the position of a digit that one side lacks
	phraseSentence    // evidence, verdict, weight

	phraseHead
	phraseMembers
	phraseMembersLinked
	phraseMembersOnly
	phraseMembersElsewhere
	phraseMembersUndecided
	phraseFoundElsewhere       // after the explanation of a household that the other side lacks
	phraseFoundElsewhereAction // what to do then

	phraseRecapTitle
	phraseRecapNote
	phraseRecapSheet
	phraseRecapSources
	phraseRecapPage // page number and count of a printed page, in Excel's codes
	phraseTotal
	phraseSubtotal
	phraseUnknown
	phraseUnknownKota // in DKI Jakarta, kota unknown
	phraseOutside
	phrasePersons
	phraseCards
	phraseAll
	phraseMatched
	phraseConflict
	phraseUnmatched
	phraseDuplicates
	phrasePercent

	phraseHouseholds     // the name of the sheets by composition
	phraseHouseholdsNote // how they are counted
	phraseAmongThem      // heads columns that are no part of the sum
	phraseWhole
	phraseGrown
	phraseShrunk
	phraseExchanged // grown and shrunk
	phraseUndecided
	phraseSplit
	phraseMerged
	phraseOnlyHere
	phraseMoved
	phraseNewHead
	phraseCardChanged
	phraseCardMistyped

	phraseReviewSheet
	phraseReviewTitle
	phraseReviewNote
	phraseReviewer
	phraseReviewEarlier
	phraseReviewCase
	phraseReviewChoice
	phraseFirst // of two records of one side
	phraseSecond

	phraseKotaSheet
	phraseKotaTitle
	phraseKotaChart
	phraseKecamatanSheet
	phraseKecamatanTitle
	phraseKecamatanChart
	phraseChartSheet
	phraseChartTitle
	phraseUnit
	phraseHouseholdsTitle
	phraseLegend // before the colours of match rates

	phraseCoverSheet
	phraseAnnex
	phraseAnnexNumber
	phraseCoverTitle
	phraseRunLine // number, time and version of a run
	phraseRun
	phraseTime
	phraseVersion
	phraseModel
	phraseModelBuiltIn
	phraseModelTrained
	phraseLinkThreshold
	phraseReviewThreshold
	phrasePurpose
	phraseLegalBasis
	phraseLinks
	phraseHeadline // side, persons, KK, matched, percent
	phraseSourcesElsewhere

	phraseAccount
	phraseAccountFiles
	phraseAccountRows
	phraseAccountRejected
	phraseAccountSkipped
	phraseAccountPersons
	phraseCheckRows
	phraseAccountMatched
	phraseAccountConflict
	phraseAccountUnmatched
	phraseAccountDuplicate
	phraseCheckPersons
	phraseAddsUp
	phraseDoesNotAddUp

	phraseGiver
	phraseReceiver
	phrasePlaceAndDate
	phraseOffice
	phraseSigner
	phraseNIP

	phraseOrdinal
	phraseCode
	phraseCountColumn
	phraseShare
	phraseYes
	phraseNo
	phraseReasonSheet
	phraseReasonTitle
	phraseConflictSheet
	phraseConflictTitle
	phraseConflictNote
	phraseBlocks
	phraseCases

	phraseGroupSheet
	phraseGroupTitle
	phraseGroupNote
	phraseProperty
	phraseGroup
	phraseLowestSheet
	phraseLowestTitle
	phraseLowestNote
	phraseWeightSheet
	phraseWeightTitle
	phraseWeightChart
	phraseWeightNote
	phraseBin // from and to, in bits
	phraseReviews
	phraseTrendSheet
	phraseTrendTitle
	phraseTrendChart
	phraseTrendNote

	phraseQualitySheet
	phraseQualityTitle
	phraseQualityNote
	phraseRowsGroup
	phraseRows
	phraseRejectedRows
	phraseSkippedRows
	phrasePersonsRead
	phraseIssues
	phraseMoreIssues
	phraseIssueSheet
	phraseIssueTitle
	phraseIssueNote
	phraseField
	phraseShareOfPersons
	phraseFiles
	phraseRejectedPrefix
	phraseSourceTitle
	phraseLoaded

	phrasePersonID // the master list
	phraseOutcome
	phraseNIKQuality
	phraseHousehold // the number of a household
	phraseIdentifier
	phraseToCorrect
	phraseDifferences
	phraseSourceID // the id that a source gives
	phraseRecords
	phraseMergedRows
	phraseFrom     // after a field: the side of its value
	phraseChosenBy // after a field: the rule that chose its value
	phraseOnBothSides
	phraseMaybeAnotherRow
	phraseHeadID
	phraseHomePersons

	phraseDiffTitle
	phraseDiffSame    // the numbers of two runs
	phraseDiffAdded   // side, files
	phraseDiffRemoved // side, files
	phraseDiffModels  // of both runs: threshold of a link and of a review, in bits
	phraseDiffSummary
	phraseDiffMoves
	phraseDiffByArea // side
	phraseDiffAreaNote
	phraseDiffSide // the only side that is compared
	phraseDiffArea // name, code
	phraseBefore
	phraseAfter
	phraseLeft    // persons who belong elsewhere now
	phraseArrived // persons who belonged elsewhere
	phraseChange
	phraseChangeCode
	phraseCause
	phraseCauseCode
	phraseOtherChanges
	phraseUnmatchedReason
	phraseOutcomeBefore
	phraseOutcomeAfter
	phraseReasonBefore
	phraseReasonAfter
	phraseAreaBefore
	phrasePartnerBefore
	phrasePartnerAfter
	phraseArea
	phrasePersonsOf // heads the account of persons
	phraseMaster    // of the master list, in brackets
	phraseLookupStatus
	phraseVerdict
	phraseOtherCells
	phraseLookupUndecided

	phraseAreaOutside     // names a workbook, and so the next three
	phraseAreaNoKota      // in DKI Jakarta
	phraseAreaNoKecamatan // in a kota
	phraseAreaNoKelurahan // in a kecamatan
	phraseListMatched     // names a sheet, and so the next five
	phraseListElsewhere
	phraseListOnlyCentral
	phraseListOnlyRegional
	phraseListConflicts
	phraseListDuplicates
	phraseListMaster
	phraseTitleRecap // heads a sheet, and so the next six
	phraseTitleMatched
	phraseTitleElsewhere
	phraseTitleOnlyCentral
	phraseTitleOnlyRegional
	phraseTitleConflicts
	phraseTitleDuplicates
	phraseTitleMaster
	phraseNoteMaster
	phraseOrigin    // of the values where both sides differ
	phraseNoteRecap // says how to read a sheet, and so the next six
	phraseNoteMatched
	phraseNoteElsewhere
	phraseNoteOnlyCentral
	phraseNoteOnlyRegional
	phraseNoteConflicts
	phraseNoteDuplicates
	phraseRTRW
	phrasePlaces // files and rows
	phraseAtRow  // before the number of a row
	phraseDiffersRegional
	phraseDiffersCentral
	phraseDiffersKept
	phraseProblem
	phraseKecamatanShort // before the name of a kecamatan
	phraseOtherArea      // in place of a person who lives elsewhere
	phraseNothing        // a list without rows
	phrasePersonalData   // at the foot of a printed page
	phraseListed         // number of rows
	phraseListedCases    // number of conflicts
	phraseWhere          // before the names of an area

	phraseCount // number of phrases, not one itself
)
