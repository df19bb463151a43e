package main

// message is one text of the catalogue. Each language has all of them, with the
// same verbs; a test holds them together.
type message uint8

// The messages.
const (
	msgNone message = iota // no text
	msgHint
	msgInterrupting
	msgInterrupted
	msgInterruptedHint
	msgProgress
	msgProgressOf
	msgSheet
	msgRow
	msgEmptyFile
	msgEmptyFileHint
	msgDirectory
	msgDirectoryHint
	msgBinary
	msgSaveAsHint
	msgDamagedBook
	msgDamagedBookHint
	msgEncrypted
	msgEncryptedHint
	msgUnsupported
	msgTooLarge
	msgTooLargeHint
	msgChanged
	msgChangedHint
	msgNoHeader
	msgNoHeaderHint
	msgNoNIK
	msgNoNIKHint
	msgNoName
	msgNoNameHint
	msgAmbiguous
	msgAmbiguousHint
	msgNoSuchTitle
	msgNoSuchTitleHint
	msgNoDatabase
	msgNoDatabaseHint
	msgNoRun
	msgNoRunHint
	msgNoRecord
	msgNoRecordHint
	msgSchemaHint
	msgStorageHint
	msgLocked
	msgLockedBy
	msgLockedHint
	msgTotals
	msgTotalsHint
	msgDamage
	msgDamageHint
	msgConflictsLeft
	msgConflictsLeftHint
	msgNoPersons
	msgNoPersonsHint
	msgNotExist
	msgNotExistHint
	msgPermission
	msgPermissionHint
	msgWarning
	msgWarnTwoColumns
	msgWarnSheetSkipped
	msgWarnSheetHidden
	msgWarnOtherSide
	msgLoaded
	msgSkippedBy
	msgIssues
	msgAlreadyLoaded
	msgLoadedWithRejects
	msgNextMatch
	msgPersonsRead
	msgComparing
	msgRule
	msgRefined
	msgDropped
	msgCentral
	msgRegional
	msgPersons
	msgMatched
	msgConflict
	msgUnmatched
	msgDuplicate
	msgConflictKinds
	msgRunKept
	msgNextReport
	msgSourcesHead
	msgNoRunYet
	msgLastRun
	msgStaleRun
	msgSound
	messageCount
)
