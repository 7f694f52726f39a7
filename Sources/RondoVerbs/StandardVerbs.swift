import RondoLearning
package import RondoSession

/// The verbs of Rondo, by phase: one line each.
package enum StandardVerbs {
    package static let all: [any Verb.Type] = define + collect + prepare + explore + model + judge + release + shell

    static let define: [any Verb.Type] = [
        GoalVerb.self,
        ParamVerb.self,
        SetVerb.self,
        NoteVerb.self,
        SettleVerb.self,
    ]
    static let collect: [any Verb.Type] = [
        LoadVerb.self,
        UseVerb.self,
        SourceVerb.self,
        JoinVerb.self,
        AppendVerb.self,
    ]
    static let prepare: [any Verb.Type] = [
        RenameVerb.self,
        DropVerb.self,
        KeepVerb.self,
        FilterVerb.self,
        SortVerb.self,
        SampleVerb.self,
        DedupeVerb.self,
        AggregateVerb.self,
        CleanVerb.self,
        FlagVerb.self,
        CastVerb.self,
        DeriveVerb.self,
        ImputeVerb.self,
        OutliersVerb.self,
        BinVerb.self,
        EncodeVerb.self,
        ScaleVerb.self,
        SelectVerb.self,
        BalanceVerb.self,
        SplitVerb.self,
    ]
    static let explore: [any Verb.Type] = [
        DescribeVerb.self,
        CorrelateVerb.self,
        HeadVerb.self,
        CountVerb.self,
        CheckVerb.self,
        PlotVerb.self,
        RecipeVerb.self,
        LedgerVerb.self,
    ]
    static let model: [any Verb.Type] = [
        FitVerb.self,
        TuneVerb.self,
        RunsVerb.self,
    ]
    static let judge: [any Verb.Type] = [
        CompareVerb.self,
        ChooseVerb.self,
        ScoreVerb.self,
        ErrorsVerb.self,
        ExplainVerb.self,
        FairnessVerb.self,
        StressVerb.self,
        RecommendVerb.self,
    ]
    static let release: [any Verb.Type] = [
        DeployVerb.self,
        PredictVerb.self,
        ReleasesVerb.self,
        ExportVerb.self,
    ]
    static let shell: [any Verb.Type] = [
        HelpVerb.self,
        StatusVerb.self,
        HistoryVerb.self,
        UndoVerb.self,
        RedoVerb.self,
        EditVerb.self,
        RerunVerb.self,
        SaveVerb.self,
        OpenVerb.self,
        ReplayVerb.self,
        ReportVerb.self,
        MoreVerb.self,
        QuitVerb.self,
    ]

    /// Verbs and families together.
    package static let registry = VerbRegistry(all, families: ModelFamilies.signatures)
}
